import { expect, it } from 'vitest'
import type { DocumentFact } from '#lib/domain/facts.ts'
import { planPages } from '#lib/domain/plan.ts'
import { documentOf } from '#lib/facts/documents.ts'
import { makeFacts, makeFile } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { factsIndex } from '#lib/writers/builtin/facts-index.ts'
import { quoting } from '#lib/writers/builtin/quoting.ts'

const block = (text: string) => quoting(factsIndex(makeFacts()), 'Markdown').block(text)

const EXAMPLE = '```sh\nwalk\n```'
const PROSE = 'Every word of this paragraph stands in the document, and none of it was made up. '.repeat(10).trim()

async function pageOf(documents: DocumentFact[], slug: string): Promise<string> {
  const files = documents.map(({ path }) => makeFile(path, { language: 'Markdown', role: 'docs' }))
  const facts = makeFacts({ documents, files })
  const plan = await builtinWriter.plan({ facts, projectName: 'walk' })
  const page = planPages(plan).find((one) => one.slug === slug)
  if (!page) throw new Error(`The plan has no page ${slug}`)
  return (await builtinWriter.write({ facts, plan, page, signal: new AbortController().signal })).markdown
}

it('keeps the boxes of tasks, also of nested ones and of those with code', () => {
  const text = '- [x] done\n- [ ] open\n  - [X] within\n\n    ```sh\n    go\n    ```\n- plain'
  expect(block(text)).toBe('- [x] done\n- [ ] open\n\n  - [x] within\n\n    ```sh\n    go\n    ```\n- plain')
})

it('keeps callouts that forges know and names the others', () => {
  expect(block('> [!tip]\n> Go *on*.')).toBe('> [!TIP]\n> Go *on*.')
  expect(block('> [!TODO]\n> Later.')).toBe('> **Todo:** Later.')
})

it('keeps what columns of tables are set by, lines broken off in cells and pipes in code', () => {
  expect(block('| a | b |\n|:-:|--:|\n| x<br/>y | `1 \\| 2` |')).toBe(
    '| a | b |\n| :-: | --: |\n| x<br>y | `1 \\| 2` |',
  )
})

it('keeps elements that change what is said, without their attributes, and makes Markdown of others', () => {
  expect(block('H<sub>2</sub>O, 2<sup class="x">10</sup>, <kbd>Ctrl</kbd> and <b>bold</b> <code>a_b</code>.')).toBe(
    'H<sub>2</sub>O, 2<sup>10</sup>, <kbd>Ctrl</kbd> and **bold** `a_b`.',
  )
  expect(
    block('See <a href="https://example.org/" onclick="x()">there</a> or <a href="javascript:x()">here</a>.'),
  ).toBe('See [there](https://example.org/) or here.')
  expect(block('A <sup>never closed and <kbd onclick="x">')).toBe('A never closed and')
})

it('reads short names of emoji outside of code and leaves unknown ones', () => {
  expect(block(':rocket: Go `:rocket:` at 10:30:20, :unknown_sign: Foo::bar::baz')).toBe(
    '🚀 Go `:rocket:` at 10:30:20, :unknown_sign: Foo::bar::baz',
  )
})

it('shows formulas as code, and neither prices nor variables of a shell', () => {
  expect(block('With $a_1 + b_2 = c$ and $$x^2$$ for $5 or $10, $HOME or $PATH.')).toBe(
    'With `a_1 + b_2 = c` and `x^2` for $5 or $10, $HOME or $PATH.',
  )
  expect(block('$$\n\\sum_{i} *x*\n$$')).toBe('```math\n\\sum_{i} *x*\n```')
})

it('keeps footnotes at the end of the page that names them, each once, with the lines it stands on', async () => {
  const guide = [
    '# Walking',
    '',
    'Shoes[^Shoes] help, and so does[^way] a map[^shoes].',
    '',
    PROSE,
    '',
    EXAMPLE,
    '',
    '## Later',
    '',
    'More[^unknown].',
    '',
    '[^shoes]: Any *pair*.',
    '',
    '    Also two.',
    '[^way]: https://example.org/way',
    '[^unused]: Nobody asks.',
  ].join('\n')
  const other = ['# Running', '', 'Fast[^shoes].', '', PROSE, '', EXAMPLE, '', '[^shoes]: Light ones.'].join('\n')
  const documents = [documentOf(guide, 'docs/walking.md'), documentOf(other, 'docs/deep/walking.md')]
  const page = await pageOf(documents, 'docs-walking')
  expect(page).toContain('Shoes[^walking-1] help, and so does[^walking-2] a map[^walking-1]. [docs/walking.md')
  expect(page).toContain('More\\[^unknown\\].')
  expect(page.slice(page.indexOf('[^walking-1]:'))).toBe(
    `[^walking-1]: Any *pair*. [docs/walking.md:15-17](source:docs/walking.md#L15-L17)

    Also two.

[^walking-2]: [https://example.org/way](https://example.org/way) [docs/walking.md:18](source:docs/walking.md#L18)
`,
  )
  const far = await pageOf(documents, 'docs-deep-walking')
  expect(far).toContain('Fast[^walking-2x-1].')
  expect(far).toContain('[^walking-2x-1]: Light ones.')
})

it('leads from a guide to its own headings, as they are numbered on its page, and nowhere else', async () => {
  const text = [
    '# Walking',
    '',
    `See [the end](#the-end-1), [it](#rocket-start) and [gone](#gone). ${PROSE}`,
    '',
    '## The end',
    '',
    '## The end',
    '',
    'Last words stand here.',
    '',
    '## :rocket: Start',
    '',
    EXAMPLE,
  ].join('\n')
  const page = await pageOf([documentOf(text, 'docs/walking.md')], 'docs-walking')
  expect(page).toContain('See [the end](#the-end), [it](#-start) and gone.')
  expect(page).toContain('## 🚀 Start')
})

it('takes no time that grows with the square of hostile text', () => {
  const started = process.cpuUsage()
  for (const piece of ['<sup>', '[^a', '[^a]: ', '$a', '$$\n', '<b><i>', ':a', '[['])
    block(`${piece.repeat(380)}\n`.repeat(8))
  expect(process.cpuUsage(started).user).toBeLessThan(4_000_000)
})
