import { Lexer, type Token, type Tokens } from 'marked'
import { expect, it } from 'vitest'
import { planPages } from '#lib/domain/plan.ts'
import { makeDoc, makeFacts, makeFile, makeModule, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { quoteMarkdown } from '#lib/writers/builtin/quote-markdown.ts'
import { rstToMarkdown } from '#lib/writers/builtin/rst.ts'

const HOSTILE = [
  '# Heading',
  'Title\n===',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x](source:etc/passwd#L1)',
  '![x](https://evil.example/x.png)',
  '[a]<b>(javascript:alert(1))</b>',
  '[ref]: javascript:alert(1)\n\n[ref]',
  '```\nopen fence',
  '~~~\nopen',
  '<!-- open comment',
  '<details><summary>',
  '| a | b |\n| - | - |\n| `|` | ]( |',
  '> quote\n> # heading in quote',
  '`````` ticks',
  '- a\n\n      # code\n1. b\n   # h',
  '&lt;script&gt; &#35; heading',
  '\u202egnp.exe',
  '**'.repeat(2000),
  '\\',
  ':::danger\n:::',
]

it('quotes hostile Markdown as text: no heading, no HTML, no image, no link but http, every fence closed', () => {
  const context = { hasPath: () => false, language: '' }
  for (const text of HOSTILE) {
    const page = `${quoteMarkdown(text, context)}\n\n# After\n`
    const tokens = flat(new Lexer().lex(page))
    expect(
      tokens.filter((token) => token.type === 'heading').map((token) => token.raw.trim()),
      text,
    ).toEqual(['# After'])
    expect(
      tokens.filter((token) => /^(?:html|image|def)$/.test(token.type)),
      text,
    ).toEqual([])
    for (const href of hrefs(tokens)) expect(href, text).toMatch(/^https?:/)
  }
})

it('keeps hostile names, comments and documents inside their place on every page', async () => {
  const files = HOSTILE.map((text, at) =>
    makeFile(`src/${text.slice(0, 40)}${at}.ts`, { header: { text, range: range('a', 1) } }),
  )
  const symbols = files.map(({ path }, at) =>
    makeSymbol(path, HOSTILE[at] ?? '', {
      signature: HOSTILE[at] ?? '',
      params: [
        {
          name: HOSTILE[at] ?? '',
          type: HOSTILE[at] ?? '',
          default: HOSTILE[at] ?? '',
          optional: false,
          doc: HOSTILE[at] ?? '',
        },
      ],
      doc: makeDoc(path, HOSTILE[at] ?? '', {
        body: HOSTILE[at],
        returns: HOSTILE[at],
        raises: [HOSTILE[at] ?? ''],
        examples: [HOSTILE[at] ?? ''],
        deprecated: HOSTILE[at],
      }),
    }),
  )
  const facts = makeFacts({
    files: [...files, makeFile('README.md', { language: 'Markdown', role: 'docs' })],
    symbols,
    modules: [makeModule('src', files)],
    documents: [
      {
        path: 'README.md',
        title: HOSTILE[0] ?? '',
        sections: HOSTILE.map((text, at) => ({
          heading: at === 3 ? 'Usage' : text,
          level: at === 0 ? 1 : 2,
          text,
          range: range('README.md', at + 1),
          textStart: at + 1,
        })),
      },
    ],
    environment: HOSTILE.map((text) => ({ name: text, default: text, help: text, ranges: [range('src/a.ts', 1)] })),
    description: { text: HOSTILE.join(' '), range: range('README.md', 1) },
  })
  const plan = await builtinWriter.plan({ facts, projectName: HOSTILE.join('') })
  for (const page of planPages(plan)) {
    const { markdown: text } = await builtinWriter.write({ facts, plan, page, signal: new AbortController().signal })
    const tokens = flat(new Lexer().lex(text))
    expect(tokens.filter((token) => /^(?:html|image|def)$/.test(token.type))).toEqual([])
    const links = hrefs(tokens)
    const slugs = new Set(planPages(plan).map((one) => `${one.slug}.md`))
    expect(
      links.filter((href) => !/^(?:https?:|source:(?:src\/|README\.md|a#))/.test(href) && !slugs.has(href)),
    ).toEqual([])
    expect(tokens.filter((token) => token.type === 'heading' && token.depth === 1)).toHaveLength(1)
  }
})

it('writes names that every object of JavaScript has like all others', async () => {
  const names = Object.getOwnPropertyNames(Object.prototype)
  const file = makeFile('src/a.ts')
  const symbols = names.map((name) =>
    makeSymbol(file.path, name, {
      params: names.map((param) => ({ name: param, type: null, default: null, optional: false, doc: null })),
      doc: makeDoc(file.path, 'Says nothing of its parameters.'),
    }),
  )
  const facts = makeFacts({ files: [file], symbols, modules: [makeModule('src', [file])] })
  const plan = await builtinWriter.plan({ facts, projectName: 'names' })
  const page = planPages(plan).find(({ kind }) => kind === 'module')
  if (!page) throw new Error('the plan has a page about the names')
  const { markdown } = await builtinWriter.write({ facts, plan, page, signal: new AbortController().signal })
  expect(markdown).not.toContain('native code')
  for (const name of names) expect(markdown).toContain(`\n## \`${name}\``)
  expect(rstToMarkdown('.. constructor:: a\n\n   Text.\n')).not.toContain('native code')
})

function hrefs(tokens: Token[]): string[] {
  return tokens.flatMap((token) => (token.type === 'link' && 'href' in token ? [String(token.href)] : []))
}

function flat(tokens: Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...flat(childrenOf(token as Tokens.Generic))])
}

function childrenOf(token: Tokens.Generic): Token[] {
  const cells: Tokens.TableCell[] = token.type === 'table' ? [token.header, ...token.rows].flat() : []
  return [...(token.tokens ?? []), ...(token.items ?? []), ...cells.flatMap((cell) => cell.tokens)]
}
