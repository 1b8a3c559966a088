import { expect, it } from 'vitest'
import { htmlPage } from './html-page.ts'
import { markdownPage } from './markdown-page.ts'
import { type Block, plainText } from './page.ts'
import { rstPage } from './rst-page.ts'

/** `line kind text` of each block, links as `[label](target)`, code in ticks. */
function outline(blocks: Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind === 'fence') return `${block.line} ${block.language}: ${block.code}`
    const text = block.inlines.map((inline) => {
      if (inline.href !== null) return `[${inline.text}](${inline.href})`
      return inline.isCode ? `\`${inline.text}\`` : inline.text
    })
    return `${block.line} ${block.kind} ${text.join('').trim()}`.trim()
  })
}

it('reads Markdown with front matter and MDX, every block on its own line', () => {
  const page = markdownPage(
    [
      '---',
      'type: guide',
      '---',
      "import Card from '../card'",
      '',
      '# Title {#own}',
      '',
      'See **the [`a`](b.md#c)** and',
      '`two &lt;` here.',
      '',
      '- first',
      '  - second `x`',
      '',
      '| Name | Is |',
      '|---|---|',
      '| `y` | z |',
      '',
      '```ts title="x"',
      'const a = 1',
      '```',
      '<a id="there"></a>',
    ].join('\n'),
  )
  expect(outline(page.blocks)).toEqual([
    '6 heading Title {#own}',
    '8 paragraph See the [a](b.md#c) and `two &lt;` here.',
    '11 item first',
    '12 item second `x`',
    '16 row `y` z',
    '19 ts: const a = 1',
  ])
  expect(page.blocks[4]).toMatchObject({ header: ['Name', 'Is'] })
  expect([...page.anchors]).toEqual(['own', 'there'])
  expect(page.type).toBe('guide')
  expect(page.blocks[1]).toMatchObject({
    inlines: expect.arrayContaining([expect.objectContaining({ line: 9, text: 'two &lt;' })]),
  })
})

it('reads the main part of built HTML, and links of its menus as navigation', () => {
  const page = htmlPage(
    `<!doctype html><html><head><title>no</title><script>var no = 1</script></head><body>
<nav><a href="other.html">Other</a></nav>
<main><h1 id="top">Title<a class="anchor" href="#top">#</a></h1>
<p>See <a href="a.html#b"><code>door</code></a>, <code>x &lt; y</code>.</p>
<ul><li>first</li></ul>
<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td><code>z</code></td></tr></tbody></table>
<pre><code class="hljs language-ts">const a =
  1</code></pre><div class="mermaid">graph TD
a --> b</div></main><footer>no</footer></body></html>`,
  )
  expect(outline(page.blocks)).toEqual([
    '3 heading Title',
    '4 paragraph See [door](a.html#b), `x < y`.',
    '5 item first',
    '6 row `z`',
    '7 ts: const a =\n  1',
    '8 mermaid: graph TD\na --> b',
  ])
  expect([...page.anchors]).toEqual(['top'])
  expect(page.navigation.map(({ href }) => href)).toEqual(['other.html', '#top', 'a.html#b'])
})

it('knows the line of every row, whatever is escaped or repeated in it', () => {
  const rows = ['| `a\\|b` | x |', '| x | `c` |', '| `a\\|b` | x |', '| `c` | \\[x\\] |']
  const page = markdownPage(
    `# T\n\n| A | x |\n|---|---|\n${rows.join('\n')}\n\n- item\n\n  | B |\n  |---|\n  | \`e\` |\n\n- after \`d\`\n`,
  )
  expect(outline(page.blocks).map((each) => each.split(' ')[0])).toEqual(['1', '5', '6', '7', '8', '10', '14', '16'])
  const lines = page.blocks.flatMap((block) => (block.kind === 'row' ? block.inlines.map(({ line }) => line) : []))
  expect([...new Set(lines)]).toEqual([5, 6, 7, 8, 14])
})

it('reads tables of contents of both kinds as navigation, and what directives describe as code', () => {
  const rst = rstPage(
    'T\n=\n\nSee :doc:`/a/b`.\n\n.. toctree::\n   :maxdepth: 2\n\n   intro\n   The API <api>\n\n.. autofunction:: door.open\n',
  )
  expect(rst.navigation.map(({ href }) => href)).toEqual(['intro', 'api'])
  expect(outline(rst.blocks)).toContain('12 item `door.open`')
  expect(outline(rst.blocks)).toContain('4 paragraph See [/a/b](/a/b).')
  const myst = markdownPage('# T\n\n```{toctree}\n:maxdepth: 1\n\nintro\n```\n')
  expect(myst.navigation).toMatchObject([{ href: 'intro', line: 6 }])
})

it('reads reStructuredText lightly', () => {
  const page = rstPage(
    'Title\n=====\n\nSee ``door`` and `site <https://example.test>`_,\nor :func:`open`.\n\n* item\n\n.. code-block:: python\n   :linenos:\n\n   print(1)\n\nSub\n---\n',
  )
  expect(outline(page.blocks)).toEqual([
    '1 heading Title',
    '4 paragraph See `door` and [site](https://example.test), or open.',
    '7 item item',
    '12 python: print(1)',
    '14 heading Sub',
  ])
})

it('survives tags that are not closed, nesting, and an empty page', () => {
  expect(htmlPage('').blocks).toEqual([])
  expect(markdownPage('---\nnever: ended').blocks).toHaveLength(1)
  const deep = htmlPage(`${'<div>'.repeat(200)}text${'<b>'.repeat(50)}`)
  expect(deep.blocks.map((block) => (block.kind === 'fence' ? '' : plainText(block.inlines)))).toEqual(['text'])
})
