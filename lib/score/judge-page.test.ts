import { expect, it } from 'vitest'
import { makeFacts, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { pageJudge } from './judge-page.ts'

const snapshot = snapshotOfFiles({
  'lib/door.ts': 'export function openDoor(name: string): void {}\nexport function shutDoor(): void {}\n',
  'cli.ts': "option('--wide')\nprocess.env.DOOR_SIZE\n",
})
const facts = makeFacts({
  symbols: [
    makeSymbol('lib/door.ts', 'openDoor', { range: range('lib/door.ts', 1) }),
    makeSymbol('lib/door.ts', 'shutDoor', { range: range('lib/door.ts', 2) }),
  ],
  flags: [
    {
      name: '--wide',
      aliases: ['-w'],
      command: null,
      type: null,
      default: null,
      help: null,
      range: range('cli.ts', 1),
      usedIn: [],
    },
  ],
  environment: [{ name: 'DOOR_SIZE', default: null, help: null, ranges: [range('cli.ts', 2)] }],
})
const judge = pageJudge({ snapshot, facts, slugs: ['doors', 'rooms'], signal: new AbortController().signal })

it('counts the words of cited sentences alone', async () => {
  const cited = '`openDoor` opens the door of a given name. [lib/door.ts:1](source:lib/door.ts#L1)'
  const { provenWords } = await judge('doors', `# D\n\n${cited}\n`)
  expect(provenWords).toBe(8)
  const more = await judge('doors', `# D\n\nNobody proves this long sentence about any door. ${cited}\n`)
  expect(more.provenWords).toBe(8)
})

it('tells sentences apart where no blank stands between them', async () => {
  const cited = '`openDoor` は与えられた名前の扉を開く。[lib/door.ts:1](source:lib/door.ts#L1)'
  const { provenWords } = await judge('doors', `# D\n\n${cited}\n`)
  expect(provenWords).toBeGreaterThan(5)
  const around = `この長い文は誰も証明しない、扉のことを語るだけだ！${cited}この文も同じように誰も証明しないのだ。\n`
  expect((await judge('doors', `# D\n\n${around}`)).provenWords).toBe(provenWords)
})

it('knows the names that tables, headings and cited prose explain: symbols, flags, variables', async () => {
  const page =
    '# D\n\n## `shutDoor`\n\nSee `openDoor`.\n\n| Flag | Means |\n|---|---|\n| `--wide <n>` | wide |\n| `DOOR_SIZE` | size |\n'
  expect((await judge('doors', page)).explained).toEqual(['--wide', 'DOOR_SIZE', 'shutDoor'])
})

it('knows code blocks whatever their white space, but not those that fail', async () => {
  const block = (code: string) => `# D\n\n\`\`\`json\n${code}\n\`\`\`\n`
  const { blocks } = await judge('doors', block('{ "a": 1 }'))
  expect(blocks).toHaveLength(1)
  expect((await judge('doors', block('{  "a":\n  1 }'))).blocks).toEqual(blocks)
  expect((await judge('doors', block('{ "a": 2 }'))).blocks).not.toEqual(blocks)
  expect(await judge('doors', block('{ "a": '))).toMatchObject({ blocks: [], misses: [{ line: 4 }] })
})

it('holds calls with arguments and flags with values against the repository', async () => {
  const page = '# D\n\n`openDoor("front")` and `--wide=3`, not\n`flyDoor("front")` and `--tall=3` or `--deep 2`.\n'
  const { misses } = await judge('doors', page)
  expect(misses.map(({ line, claim }) => `${line} ${claim}`)).toEqual([
    '4 flyDoor("front")',
    '4 --tall=3',
    '4 --deep 2',
  ])
})

it('takes no flag whose words only occur apart from each other', async () => {
  const torn = pageJudge({
    snapshot: snapshotOfFiles({
      'a.txt': 'A limit was invented: the mode of a color, the depth at max, a run that is dry.\n',
      'cli.rs': 'let max_depth = 3; "--dry-run"; let colorMode = 1;\n',
    }),
    facts: makeFacts({}),
    slugs: ['doors'],
    signal: new AbortController().signal,
  })
  const page =
    '# D\n\n`--max-depth=3`, `--dry-run`, `--color-mode` and `--no-dry-run`, not `--invented-limit=3`\nor `--invented-limit`.\n'
  const { misses } = await torn('doors', page)
  expect(misses.map(({ line, claim }) => `${line} ${claim}`)).toEqual(['3 --invented-limit=3', '4 --invented-limit'])
})

it('asks of names that are no symbols too that a cited line shows one', async () => {
  const page = (line: number) =>
    `# D\n\nIts size is what \`DOOR_SIZE\` says. [cli.ts:${line}](source:cli.ts#L${line})\n`
  expect((await judge('doors', page(2))).misses).toEqual([])
  expect((await judge('doors', page(1))).misses).toEqual([
    { line: 3, claim: 'cli.ts:1 shows DOOR_SIZE', found: 'the cited lines have none of the names' },
  ])
})

it('takes no signature and no parameters of what the code does not declare', async () => {
  const entry = (name: string) =>
    `## \`${name}\`\n\n\`\`\`ts\nfunction ${name}(): void\n\`\`\`\n\n| Parameter |\n|---|\n| \`name\` |\n`
  expect((await judge('doors', `# D\n\n${entry('openDoor')}`)).misses).toEqual([])
  const { misses } = await judge('doors', `# D\n\n${entry('process')}`)
  expect(misses.map(({ line, claim }) => `${line} ${claim}`)).toEqual(['6 process', '11 process'])
  expect((await judge('doors', '# D\n\n## `process`\n\n```ts\nprocess.env\n```\n')).misses).toEqual([])
})

it('takes no parameter and no default that stand nowhere in what the code declares', async () => {
  const limits = 'export const limits = new Map<string, number>([[LONG, 3]])\n'
  const files = {
    'limits.ts': limits,
    'open.ts': 'export function open(wide = 4, path: string): void {}\n',
    'shut.ts': 'class A { shut(slow = 1) {} }\nclass B { shut(slow) {} }\nclass C { shut(slow = 2) {} }\n',
  }
  const parameter = (name: string, value: string | null) => ({
    name,
    type: null,
    default: value,
    optional: false,
    doc: null,
  })
  const judged = pageJudge({
    snapshot: snapshotOfFiles(files),
    facts: makeFacts({
      symbols: [
        makeSymbol('limits.ts', 'limits', { range: range('limits.ts', 1) }),
        makeSymbol('open.ts', 'open', {
          range: range('open.ts', 1),
          params: [parameter('wide', '4'), parameter('path', null)],
        }),
        ...['1', null, '2'].map((value, at) =>
          makeSymbol('shut.ts', 'shut', { range: range('shut.ts', at + 1), params: [parameter('slow', value)] }),
        ),
      ],
    }),
    slugs: ['limits'],
    signal: new AbortController().signal,
  })
  const rows = (name: string, ...cells: [string, string][]) =>
    `## \`${name}\`\n\n| Parameter | Default |\n|---|---|\n${cells.map(([one, value]) => `| \`${one}\` | ${value} |\n`).join('')}`
  const { misses } = await judged(
    'limits',
    `# L\n\n${rows('limits', ['LONG', '`3`'], ['string', '`"never"`'], ['path', ''])}\n${rows('open', ['wide', '`4`'], ['path', 'none'], ['path', '`"here"`'])}\n${rows('shut', ['slow', '`1`'], ['slow', '`2`'], ['slow', '`3`'])}`,
  )
  expect(misses.map(({ line, claim, found }) => `${line} ${claim}: ${found}`)).toEqual([
    '8 parameter string "never": it stands nowhere in limits',
    '9 parameter path: it stands nowhere in limits',
    '17 parameter path "here": it stands nowhere in open',
    '25 parameter slow 3: it stands nowhere in shut',
  ])
})

it('knows the other pages of the plan, and no others', async () => {
  const { misses } = await judge('doors', '# D\n\n[Rooms](rooms.md) and [walls](walls.md).\n')
  expect(misses.map(({ claim }) => claim)).toEqual(['walls.md'])
})

it('leaves open which headings another page will have, and knows its own', async () => {
  const page = '# D\n\n## Hinges\n\n[Walls](rooms.md#walls), [hinges](#hinges) and [locks](#locks).\n'
  const { checked, misses } = await judge('doors', page)
  expect(misses.map(({ claim }) => claim)).toEqual(['#locks'])
  expect(checked).toBe(2)
})
