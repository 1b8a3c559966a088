import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScorer, type Scorer } from '#lib/testing/score-pages.ts'

const FILES = {
  'package.json': '{"name":"sample","version":"1.0.0","scripts":{"dev":"node ."}}',
  'lib/door.ts':
    "import { port } from '#x'\nexport function openDoor(name: string, wide: boolean = true): Promise<void> {\n  return Promise.resolve()\n}\nexport interface Door {\n  name: string\n}\n",
  'lib/wall.ts': "import { openDoor } from './door.ts'\nexport const wall = () => openDoor('a')\n",
  'docs/rooms.md': '# Rooms\n\n```mermaid\nflowchart LR\n  a["A guest"] --> b["The cellar"]\n```\n',
  'other/shed.ts': 'export const shed = 1\nprocess.env.SHED_SIZE\n',
}

let scorer: Scorer
beforeAll(async () => {
  scorer = await createScorer(FILES)
})
afterAll(() => scorer.remove())

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\`\n`

it('holds paths and names in code against the commit, and leaves prose alone', async () => {
  const page = '# P\n\n`lib/door.ts` `lib/dor.ts` `openDoor()` `openDor` `Door.name` `shed_size` `two words` openDor\n'
  const paths = await scorer.measure('paths', { 'p.md': page })
  expect(paths.misses).toEqual(['p.md:3 lib/dor.ts → no such file or folder at the commit'])
  const names = await scorer.measure('identifiers', { 'p.md': page })
  expect(names.misses).toEqual([
    'p.md:3 openDor → "openDor" occurs nowhere in the repository',
    'p.md:3 shed_size → "shed_size" occurs nowhere in the repository',
  ])
})

it('knows a flag by the name its code has for it, and by its words where they stand apart', async () => {
  const page = '# P\n\n`--room-size` `--hall-width` `--no-cellar-door` `--shed-roof` `--attic-stairs`\n'
  const files = {
    'cli.py': 'def main(room_size, cellar_door):\n    hallWidth = 1\n    # The roof of the shed.\n    attic = 0\n',
  }
  const flags = await createScorer(files)
  try {
    const { checked, misses } = await flags.measure('identifiers', { 'p.md': page })
    expect(checked).toBe(5)
    expect(misses).toEqual(['p.md:3 --attic-stairs → "stairs" occurs nowhere in the repository'])
  } finally {
    await flags.remove()
  }
})

it('agrees with a signature however it is broken into lines, and not with another default, order or return', async () => {
  const same = 'function openDoor(\n  name: string,\n  wide: boolean = true,\n): Promise<void>'
  const page = (signature: string) => ({ 'p.md': `# P\n\n## \`openDoor\`\n\n${fence('ts', signature)}` })
  expect(await scorer.measure('signatures', page(same))).toMatchObject({ checked: 1, value: 1 })
  expect(await scorer.measure('signatures', page(`export ${same}`))).toMatchObject({ checked: 1, value: 1 })
  for (const wrong of [
    same.replace('true', 'false'),
    same.replace('Promise<void>', 'void'),
    same.replace('name: string', 'name: number'),
    'function openDoor(wide: boolean = true, name: string): Promise<void>',
    'function openDoor(name: string): Promise<void>',
  ])
    expect(await scorer.measure('signatures', page(wrong)), wrong).toMatchObject({ checked: 1, value: 0 })
})

it('takes no call below a heading for a signature', async () => {
  const page = `# P\n\n## \`openDoor\`\n\n${fence('ts', "await openDoor('front')")}`
  expect(await scorer.measure('signatures', { 'p.md': page })).toMatchObject({ checked: 0, value: null })
})

it('holds the head of a type against the code when its members are listed with it', async () => {
  const page = (code: string) => ({ 'p.md': `# P\n\n## \`Door\`\n\n${fence('ts', code)}` })
  const right = page('export interface Door {\n  name: string\n  // more\n}')
  expect(await scorer.measure('signatures', right)).toMatchObject({ checked: 1, value: 1 })
  const wrong = page('interface Door extends Gate {\n  name: string\n}')
  expect(await scorer.measure('signatures', wrong)).toMatchObject({ checked: 1, value: 0 })
})

it('holds parameter tables against the code', async () => {
  const row = (text: string) => `# P\n\n## \`openDoor\`\n\n| Parameter | Type | Default |\n|---|---|---|\n${text}\n`
  const right = row('| `name` | `string` | |\n| `wide` | `boolean` | `true` |')
  expect(await scorer.measure('signatures', { 'p.md': right })).toMatchObject({ checked: 2, value: 1 })
  const wrong = row('| `name` | `number` | |\n| `wide` | `boolean` | `false` |\n| `tall` | | |')
  expect((await scorer.measure('signatures', { 'p.md': wrong })).misses).toEqual([
    'p.md:7 parameter name number → type string',
    'p.md:8 parameter wide boolean false → default true',
    'p.md:9 parameter tall → openDoor takes name, wide',
  ])
})

it('parses examples in their language, with what people leave out around them', async () => {
  const good = [
    fence('ts', 'const door = await openDoor()\nimport x from "y"'),
    fence('ts', 'name: string'),
    fence('js', 'use({\n  ...\n})'),
    fence('python', '>>> print(1)\n1'),
    fence('python', 'def f(x: int) -> str'),
    fence('go', 'type Door interface'),
    fence('sh', '$ docsfy build <REPO>\nReady: 3 pages ('),
    fence('json', '{ "a": 1, // why\n  ...\n}'),
    fence('yaml', 'a:\n  - b'),
    fence('toml', '[a]\nb = 1'),
    fence('kotlin', 'actual fun way(a: Int = 1): String'),
    fence('scala', 'def way[T](a: Int = 1): Option[T]'),
    fence('swift', 'public subscript(_ name: String) -> String?'),
    fence('lua', 'function way.home(a, ...)'),
    fence('elixir', 'iex> Way.home(1)\n{:ok, 1}'),
    fence('elixir', 'defmodule Way do\n  ...\n  plug :home'),
    fence('text', ')))'),
  ].join('\n')
  expect(await scorer.measure('examples', { 'p.md': good })).toMatchObject({ checked: 16, misses: [] })
  const bad = [
    'kotlin:fun way(a: { = 1',
    'scala:def way(a: = {',
    'swift:func way(a: ) ->',
    'lua:local = 1 +',
    'elixir:$ mix way --home',
    'ts:const a = (',
    'python:def f(:',
    'json:{"a" 1}',
    'yaml:a: b: c',
    'toml:[a',
    'go:func ( {',
  ]
  const page = bad.map((each) => fence(each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1))).join('\n')
  expect((await scorer.measure('examples', { 'p.md': page })).misses).toHaveLength(bad.length)
})

it('asks for names and scripts of this repository only', async () => {
  const page = (code: string, language = 'ts') => ({ 'p.md': fence(language, code) })
  expect(await scorer.measure('examples', page("import { openDoor } from 'sample'"))).toMatchObject({ value: 1 })
  expect(await scorer.measure('examples', page("import { anything } from 'lodash'"))).toMatchObject({ value: 1 })
  expect((await scorer.measure('examples', page("import { openDor } from 'sample'"))).misses).toEqual([
    `p.md:2 import { openDor } from 'sample' → "sample" offers no openDor`,
  ])
  expect(await scorer.measure('examples', page('npm run dev', 'sh'))).toMatchObject({ value: 1 })
  expect(await scorer.measure('examples', page('npm run deploy', 'sh'))).toMatchObject({ value: 0 })
})

it('grounds the nodes and edges of a flowchart in the imports', async () => {
  const chart = (lines: string) => ({ 'p.md': fence('mermaid', `flowchart TD\n${lines}`) })
  const right = chart('  a["lib/wall.ts"] --> b["lib/door.ts"]\n  c["other"]')
  expect(await scorer.measure('diagrams_grounded', right)).toMatchObject({ checked: 4, value: 1 })
  const wrong = chart('  b["lib/door.ts"] -->|uses| a["lib/wall.ts"]\n  lib["lib"] --> other\n  n["Cellar"]')
  expect((await scorer.measure('diagrams_grounded', wrong)).misses).toEqual([
    'p.md:2 node "Cellar" → nothing of this name is in the code',
    'p.md:3 lib/door.ts → lib/wall.ts → no file of the one imports a file of the other',
    'p.md:4 lib → other → no file of the one imports a file of the other',
  ])
})

it('takes a picture quoted from a document that the page cites for what the document says', async () => {
  const chart = fence('mermaid', 'flowchart LR\n  a["A guest"] --> b["The cellar"]')
  expect(await scorer.measure('diagrams_grounded', { 'p.md': chart })).toMatchObject({ value: 0 })
  const cited = `${chart}\nSource: [docs/rooms.md:3-6](source:docs/rooms.md#L3-L6)\n`
  expect((await scorer.measure('diagrams_grounded', { 'p.md': cited })).misses).toEqual([])
})

it('takes truth values in any spelling for the same, and words in a column of defaults for no value', async () => {
  const table = (value: string) => `# P\n\n| Flag | Default |\n|---|---|\n| \`--wide\` | ${value} |\n`
  const pages = {
    'a.md': table('`True`'),
    'b.md': table('true'),
    'c.md': table('from the profile'),
    'd.md': table('(unset)'),
  }
  expect(await scorer.measure('contradictions', pages)).toMatchObject({ checked: 1, value: 0 })
})

it('finds values that two pages disagree on, not those that one page has several of', async () => {
  const table = (value: string) => `# P\n\n| Variable | Default |\n|---|---|\n| \`SHED_SIZE\` | \`${value}\` |\n`
  expect(await scorer.measure('contradictions', { 'a.md': table('3'), 'b.md': table('3') })).toMatchObject({
    checked: 1,
    value: 0,
  })
  const other = await scorer.measure('contradictions', {
    'a.md': table('3'),
    'b.md': '# B\n\nThe variable `SHED_SIZE` defaults to `4`. It listens on port 8080.\n',
    'c.md': '# C\n\nThe default port is 9090. It requires Node 24 or later.\n',
    'd.md': '# D\n\nIt needs Node.js >= 24.\n',
  })
  expect(other.misses).toEqual([
    'a.md:5 default of SHED_SIZE is 3 → 4 in b.md:3',
    'b.md:3 default port is 8080 → 9090 in c.md:3',
  ])
})

it('takes the names of packages in a diagram for their folders, and a declared dependency for an arrow', async () => {
  const own = await createScorer({
    'packages/nuxt/package.json': '{"name":"@way/nuxt","version":"1.0.0","peerDependencies":{"way":"*"}}',
    'packages/way/package.json': '{"name":"way","version":"1.0.0"}',
    'packages/way/a.ts': 'export const a = 1\n',
    'docs/@way/nuxt/index.md': '# Way\n',
  })
  try {
    const picture = (edge: string) => ({
      'p.md': `# P\n\n${fence('mermaid', `flowchart TD\n  n0["@way/nuxt"]\n  n1["way"]\n  ${edge}`)}`,
    })
    expect((await own.measure('diagrams_grounded', picture('n0 --> n1'))).misses).toEqual([])
    expect((await own.measure('diagrams_grounded', picture('n1 --> n0'))).misses).toHaveLength(1)
  } finally {
    await own.remove()
  }
})

it('accuses no path of the project that a guide has its reader make', async () => {
  const tree = fence('text', 'shop\n├── cart\n│   └── index.js\n└── views.py')
  const page = `# P\n\n${tree}\nMake \`shop/cart/index.js\`, not \`lib/index.js\` or \`cart/none.js\`; chain \`.get/.post\`.\n`
  expect(await scorer.measure('paths', { 'p.md': page })).toMatchObject({
    checked: 2,
    misses: [
      'p.md:10 lib/index.js → no such file or folder at the commit',
      'p.md:10 cart/none.js → no such file or folder at the commit',
    ],
  })
})

it('reads diffs, placeholders and output of commands in examples as people do', async () => {
  const good = [
    fence('ts', 'declare module "x" {\n  interface A { // [!code --]\n  interface B { // [!code ++]\n    a: 1\n  }\n}'),
    fence('js', 'const tracer = /* from elsewhere */\nconst url = {{ url_for("x", id=1)|tojson }}'),
    fence('js', "test('should', { only: true }, t => ...)\nfetch('/x', { body: ... })"),
    fence('sh', 'curl -X POST https://example.test/me\n{"message":"Hello (you)!"}'),
  ]
  expect(await scorer.measure('examples', { 'p.md': `# P\n\n${good.join('\n')}` })).toMatchObject({
    checked: 4,
    misses: [],
  })
  const bad = fence('js', 'const schema = {\n  a: 1\n  b: 2\n}')
  expect((await scorer.measure('examples', { 'p.md': `# P\n\n${bad}` })).misses).toHaveLength(1)
})

it('takes for a requirement what is said of the runtime itself, and no post of its time for a contradiction', async () => {
  const pages = {
    'a.md': '# A\n\nIt requires Node.js 22 or later.\n',
    'b.md': '# B\n\nCode in this form needs an engine that supports it (Node.js 8+ or a modern browser).\n',
    'blog/one.md': '# One\n\nIt requires Node.js 12.\n',
  }
  expect((await scorer.measure('contradictions', pages)).misses).toEqual([])
  const other = { ...pages, 'c.md': '# C\n\nNode.js 20 or newer is required.\n' }
  expect((await scorer.measure('contradictions', other)).misses).toEqual(['a.md:3 required Node is 22 → 20 in c.md:3'])
})
