import { expect, it } from 'vitest'
import { makeFacts } from '#lib/testing/make-facts.ts'
import { factsIndex } from './facts-index.ts'
import { quotedBody } from './quoted-text.ts'
import { quoting } from './quoting.ts'
import { sectionChunks } from './source-chunks.ts'

const { block } = quoting(factsIndex(makeFacts()), 'Markdown')
const NPM_AND_YARN = '::: tabs\n\n== npm\n\n```sh\nnpm install walk\n```\n\n== Yarn\n\n```sh\nyarn add walk\n```\n\n:::'
const npm = '```sh\nnpm install walk\n```'
const yarn = '```sh\nyarn add walk\n```'

it.each([
  [
    'Docusaurus',
    `<Tabs groupId="manager">\n<TabItem value="npm">\n\n${npm}\n\n</TabItem>\n<TabItem value="y" label="Yarn" default>\n\n${yarn}\n\n</TabItem>\n</Tabs>`,
  ],
  ['Mintlify', `<Tabs>\n  <Tab title="npm">\n${npm}\n  </Tab>\n  <Tab title="Yarn">\n${yarn}\n  </Tab>\n</Tabs>`],
  [
    'the first Docusaurus',
    `<!--DOCUSAURUS_CODE_TABS-->\n<!--npm-->\n${npm}\n<!-- Yarn -->\n${yarn}\n<!--END_DOCUSAURUS_CODE_TABS-->`,
  ],
  ['VitePress', `::: code-group\n\n${npm.replace('sh', 'sh [npm]')}\n\n${yarn.replace('sh', 'sh {1} [Yarn]')}\n\n:::`],
  [
    'MkDocs',
    `=== "npm"\n\n    ${npm.replaceAll('\n', '\n    ')}\n\n=== "Yarn"\n\n    ${yarn.replaceAll('\n', '\n    ')}`,
  ],
])('keeps the tabs of %s, whatever stands around them', (_, tabs) => {
  expect(block(tabs)).toBe(NPM_AND_YARN)
  expect(block(`Install it:\n\n${tabs}\n\nThen *go*.`)).toBe(`Install it:\n\n${NPM_AND_YARN}\n\nThen *go*.`)
})

it.each([
  ['stand in code', `~~~md\n<Tabs>\n<TabItem value="npm">\n${npm}\n</TabItem>\n</Tabs>\n~~~`],
  ['never end', `<Tabs>\n<TabItem value="npm">\n${npm}\n</TabItem>\n<TabItem value="yarn">\n${yarn}\n</TabItem>`],
  ['have no names', `<Tabs>\n<TabItem>\n${npm}\n</TabItem>\n<TabItem>\n${yarn}\n</TabItem>\n</Tabs>`],
  ['are one only', `::: code-group\n${npm.replace('sh', 'sh [npm]')}\n:::`],
])('makes none of tabs that %s, and loses nothing they hold', (_, text) => {
  expect(block(text)).not.toContain('::: tabs')
  expect(block(text)).toContain('npm install walk')
})

it('takes no markup from the name of a tab', () => {
  const hostile = '=== "<img src=x>[a](b)"\n\n    One.\n\n=== "y"\n\n    Two.'
  expect(block(hostile)).toContain('\n== img src=xa(b)\n')
})

it('cites tabs as one piece, apart from the paragraphs around them', () => {
  const tabs = `<Tabs>\n<TabItem value="npm">\n\n${npm}\n\n</TabItem>\n<TabItem value="yarn">\n\n${yarn}\n\n</TabItem>\n</Tabs>`
  const text = `Install it.\n\n${tabs}\n\nThen go.`
  const range = { path: 'docs/install.md', start: 1, end: 40 }
  const chunks = sectionChunks({ heading: 'Install', level: 1, text, range, textStart: 3 })
  expect(chunks.map((chunk) => [chunk.text.split('\n')[0], chunk.range.start, chunk.range.end])).toEqual([
    ['Install it.', 3, 3],
    ['<Tabs>', 5, 20],
    ['Then go.', 22, 22],
  ])
})

it('closes tabs also where they are the last part of a text, with the citation below them', () => {
  const citation = { path: 'docs/install.md', start: 5, end: 20 }
  const [first = '', last = ''] = quotedBody({ parts: [{ markdown: NPM_AND_YARN, citation }] }).split('\n\nSource: ')
  expect(first).toBe(NPM_AND_YARN)
  expect(last).toContain('docs/install.md:5-20')
})
