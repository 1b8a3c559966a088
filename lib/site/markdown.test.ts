import { describe, expect, it } from 'vitest'
import { renderEach, renderMarkdown } from '#lib/site/markdown.ts'
import { withinTime } from '#lib/site/within-time.ts'

const context = {
  paths: { pages: new Map([['other', 'other']]), sources: new Map() },
  forgeBase: null,
  shortCommit: '3ef35b2',
  draw: () => ({ problem: 'none is drawn here' }),
}
const page = (markdown: string) => renderMarkdown(markdown, context)
const body = (markdown: string) => page(markdown).body.text

describe('Markdown of GitHub', () => {
  it('knows tables, tasks, strikethrough and addresses in plain text', () => {
    const text = body('~~gone~~ www.example.org\n\n- [x] done\n- [ ] open\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n')
    expect(text).toContain('<del>gone</del> <a class="outside" rel="noreferrer" href="http://www.example.org/">')
    expect(text).toMatch(/aria-label="done">☑<\/span> done[\s\S]*aria-label="to do">☐<\/span> open/)
    expect(text).toMatch(/<th[^>]*class="right"[^>]*>a<\/th>/)
  })

  it('numbers footnotes in the order in which the text names them and leads back from each', () => {
    const markdown =
      'One[^b] two[^a] again[^b] and [^unknown].\n\n[^a]: First *line*\n    and second.\n\n    Another.\n[^b]: B\n\nEnd.\n'
    const text = body(markdown)
    expect(text).toContain('One<sup class="footnote-mark"><a id="docsfy.mark-1" href="#docsfy.note-1"')
    expect(text).toContain('<a id="docsfy.mark-1-2" href="#docsfy.note-1"')
    expect(text).toMatch(
      /<li id="docsfy.note-1">\n<p>B<\/p>\n<a class="footnote-back" href="#docsfy.mark-1"[^>]*>↩<\/a> <a class="footnote-back" href="#docsfy.mark-1-2" aria-label="[^"]*">↩<sup>2<\/sup><\/a><\/li>/,
    )
    expect(text).toMatch(/<li id="docsfy.note-2">\n<p>First <em>line<\/em>\s+and second.<\/p>\n<p>Another.<\/p>/)
    expect(text).toContain('and [^unknown].')
    expect(text.indexOf('<p>End.</p>')).toBeLessThan(text.indexOf('class="footnotes"'))
    expect(page(markdown).sections[0]?.text).toMatch(/^One two again and \[\^unknown\]/)
  })

  it('keeps bare tags only in pairs, so that none stays open', () => {
    expect(body('<kbd>Ctrl</kbd> H<sub>2</sub>O a<br/>b <kbd>open <mark onclick=x>y</mark>')).toBe(
      '<p><kbd>Ctrl</kbd> H<sub>2</sub>O a<br>b &lt;kbd&gt;open &lt;mark onclick=x&gt;y&lt;/mark&gt;</p>\n',
    )
  })
})

describe('code', () => {
  it('shows title, line numbers and marked lines as its first line asks', () => {
    const text = body('```ts title="src/<a>.ts" {2,4-5} numbers=9\na\n`b\n\nc`\nd\n```')
    expect(text).toContain(
      '<div class="code" data-language="ts"><p class="code-title">src/&lt;a&gt;.ts</p><pre class="numbered">',
    )
    const lines = [...text.matchAll(/<span class="([^"]*)" data-line="(\d+)">/g)].map(
      ([, kind, line]) => `${line} ${kind}`,
    )
    expect(lines).toEqual(['9 line', '10 line line-marked', '11 line', '12 line line-marked', '13 line line-marked'])
    expect(text.replace(/<[^>]*>/g, '')).toContain('a\n`b\n\nc`\nd')
  })

  it('tells what a difference adds from what it takes away', () => {
    const text = body('```diff\n+new\n-old\n same\n```')
    expect(text).toMatch(/class="line line-added">.*\+new.*\n<span class="line line-removed">.*-old/)
  })

  it('leaves the lines of other code as they are', () => {
    expect(body('```text\na\nb\n```')).toBe('<div class="code"><pre><code>a\nb</code></pre></div>\n')
  })
})

describe('containers', () => {
  it('shows all tabs one below the other, each with its name', () => {
    const text = body('::: tabs\n== npm\n```sh\n== not a tab\n```\n== *yarn*\nText with `code`.\n:::\n\nAfter.\n')
    expect([...text.matchAll(/<p class="tab-name">([^<]*)</g)].map(([, name]) => name)).toEqual(['npm', '*yarn*'])
    expect(text).toContain('== not a tab')
    expect(text).toMatch(/<p>Text with <code>code<\/code>.<\/p>\n<\/div>\n<\/div>\n<p>After.<\/p>/)
  })

  it('makes a group of blocks of code, named by their first lines', () => {
    const text = body(
      '::: code-group\n```sh [npm]\nnpm i\n```\n```sh title="pnpm"\npnpm i\n```\n```python\npip\n```\n:::',
    )
    expect([...text.matchAll(/<p class="tab-name">([^<]*)</g)].map(([, name]) => name)).toEqual([
      'npm',
      'pnpm',
      'python',
    ])
  })

  it('knows notes and folds in both spellings', () => {
    expect(body('::: warning Mind the <gap>\nText\n:::')).toBe(
      '<div class="callout callout-warning" role="note"><p class="callout-name">Mind the &lt;gap&gt;</p>\n<p>Text</p>\n</div>\n',
    )
    expect(body('> [!TIP]\n> Text')).toContain(
      '<div class="callout callout-tip" role="note"><p class="callout-name">Tip</p>',
    )
    const fold = '<details class="fold"><summary>More</summary>\n<p>a <em>b</em></p>\n</details>\n'
    expect(body('::: details More\na *b*\n:::')).toBe(fold)
    expect(body('<details>\n<summary>More</summary>\n\na *b*\n\n</details>\n')).toBe(fold)
  })

  it('takes a container that does not end, or is none, for text', () => {
    expect(body('::: tabs\n== a\nb\n')).not.toContain('class="tab')
    expect(body('::: unheard-of\ntext\n:::')).toContain('::: unheard-of')
  })

  it('keeps the headings inside in the contents and the words in the search', () => {
    const { headings, sections } = page('# T\n\n::: tabs\n== One\n## Inside\nword\n:::\n')
    expect(headings.map(({ id }) => id)).toEqual(['inside'])
    expect(sections.map(({ text }) => text).join(' ')).toContain('word')
  })

  it('puts links beside headings that the contents do not have', () => {
    const linked = (markdown: string) =>
      [...page(markdown).body.text.matchAll(/permalink" href="#(\w+)"/g)].map(([, id]) => id)
    expect(linked('# T\n\n## One\n\n### Two\n\n#### Three\n')).toEqual(['three'])
    expect(linked('# T\n\n## One\n')).toEqual(['one'])
  })
})

describe('what is searched', () => {
  it('is what a page says, without its citations and without paragraphs that only list places', () => {
    const cite = '[a.ts:3](source:a.ts#L3)'
    const { sections } = page(
      `Makes it. ${cite}\n\nDeclared at ${cite}. Imported at ${cite}.\n\nUsed by people at [a](b.md).`,
    )
    expect(sections[0]?.text).toBe('Makes it. Used by people at a.')
  })
})

describe('Markdown that nobody would write', () => {
  const repeated = (text: string, times: number) => text.repeat(times)
  it.each([
    ['nested emphasis on one line', repeated('*a _b ', 8000) + repeated('_*', 8000)],
    ['marks of lists on one line', `${repeated('* ', 30_000)}a`],
    ['a word of 60,000 characters', repeated('a.', 30_000)],
    ['a list item that goes on for 20,000 lines', `- a\n${repeated('b\n', 20_000)}`],
    ['open links over many lines', repeated('[a](<b\n', 8000)],
  ])('is shown as it is, and what follows is laid out: %s', (_, block) => {
    const { body: found, problem } = page(`${block}\n\nAfter *it*.\n`)
    expect(problem).toBeNull()
    expect(found.text).toMatch(/<pre class="plain"><code>[\s\S]*<\/code><\/pre>\n<p>After <em>it<\/em>.<\/p>\n$/)
  })

  it('lays out large tables, lists and code that people do write', () => {
    const row = `| \`name\` | ${repeated('word ', 30)} |\n`
    expect(body(`| a | b |\n|---|---|\n${repeated(row, 300)}`)).toContain('<table')
    expect(body(repeated(`- ${repeated('word ', 20)}\n`, 400))).toContain('<li>')
    expect(body(`Text:\n\`\`\`text\n${repeated('code\n', 9000)}\`\`\`\n`)).toMatch(/^<p>Text:<\/p>\n<div class="code">/)
  })

  it('is stopped when it takes too long, and the page then says so and shows its Markdown', () => {
    const markdown = `# T\n\n| a | b |\n|---|---|\n${repeated('| *a* | [b](c) |\n', 30_000)}`
    const {
      body: found,
      problem,
      sections,
    } = renderMarkdown(markdown, {
      paths: { pages: new Map(), sources: new Map() },
      forgeBase: null,
      shortCommit: '',
      draw: () => ({ problem: '' }),
      limitMs: 1,
    })
    expect(problem).toBe('takes too long to be laid out')
    expect(found.text).toContain('This page takes too long to be laid out; here is its Markdown.')
    expect(sections[0]?.text).toBe(markdown)
  })

  it('is stopped among others, too, which are rendered once and as they are by themselves', { timeout: 60_000 }, () => {
    const begun: string[] = []
    const draw = (source: string) => {
      begun.push(source)
      while (source === 'endless');
      return { problem: 'none is drawn here' }
    }
    const markdowns = ['one', 'endless', 'two'].map((name) => `# ${name}\n\n\`\`\`mermaid\n${name}\n\`\`\`\n`)
    const [one, endless, two] = renderEach(
      markdowns.map((markdown) => ({ markdown, context: { ...context, draw } })),
      1000,
    )
    expect(begun).toEqual(['one', 'endless', 'endless', 'two'])
    expect(endless?.problem).toBe('takes too long to be laid out')
    expect([one, two]).toEqual([markdowns[0], markdowns[2]].map((markdown) => page(markdown ?? '')))
  })

  it('stops a loop without end', () => {
    expect(
      withinTime(() => {
        for (;;);
      }, 50),
    ).toBeNull()
    expect(withinTime(() => 'done', 10_000)).toEqual({ value: 'done' })
  })
})
