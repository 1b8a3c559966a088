import { expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import { type PlanPage, planPages, planSchema } from '#lib/domain/plan.ts'
import { makeDoc, makeFacts, makeFile, makeModule, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { escapeText, heading } from '#lib/writers/builtin/markdown.ts'

const signal = new AbortController().signal

function library(overrides: Partial<Facts> = {}): Facts {
  const files = ['src/add.ts', 'src/format/print.ts', 'src/format/parse.ts'].map((path) => makeFile(path))
  const names = (path: string, count: number) => Array.from({ length: count }, (_, at) => makeSymbol(path, `name${at}`))
  return makeFacts({
    files,
    modules: [makeModule('src', files), makeModule('src/format', files)],
    symbols: [
      makeSymbol('src/add.ts', 'add', {
        signature: 'function add(a: number, b = 1): number',
        params: [
          { name: 'a', type: 'number', default: null, optional: false, doc: 'First summand.' },
          { name: 'b', type: null, default: '1', optional: true, doc: null },
        ],
        doc: makeDoc('src/add.ts', 'Adds two numbers'),
      }),
      ...names('src/format/print.ts', 9),
      ...names('src/format/parse.ts', 3),
    ],
    imports: [
      {
        from: 'src/format/print.ts',
        to: 'src/add.ts',
        specifier: '../add.ts',
        names: ['add'],
        range: range('src/format/print.ts', 1),
      },
    ],
    ...overrides,
  })
}

function fingerprint(request: Parameters<typeof builtinWriter.manifest>[0]): string {
  return builtinWriter.manifest(request).fingerprint
}

async function write(facts: Facts, choose: (page: PlanPage) => boolean): Promise<string> {
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  const page = planPages(plan).find(choose)
  if (!page) throw new Error('The plan has no such page')
  return (await builtinWriter.write({ facts, plan, page, signal })).markdown
}

it('plans pages the schema accepts, with an overview first and a reference page for each part', async () => {
  const plan = await builtinWriter.plan({ facts: library(), projectName: 'sample' })
  expect(planSchema.parse(plan)).toEqual(plan)
  const pages = planPages(plan)
  expect(pages[0]).toMatchObject({ kind: 'overview', slug: 'overview' })
  expect(pages.filter((page) => page.kind === 'module').map((page) => page.slug)).toEqual(['src', 'src-format'])
})

it('explains a symbol with signature, meaning, parameters, importers and citations', async () => {
  const text = await write(library(), (page) => page.subject === 'src')
  expect(text).toContain('`add`\n\n```ts\nfunction add(a: number, b = 1): number\n```')
  expect(text).toContain('Adds two numbers. [src/add.ts:4-5](source:src/add.ts#L4-L5)')
  expect(text).toContain('| `a` | `number` |  | First summand. |')
  expect(text).toContain('Imported at [src/format/print.ts:1](source:src/format/print.ts#L1).')
})

it('writes the same bytes for the same facts, and keeps the fingerprint of pages a change does not touch', async () => {
  const before = library()
  const after = library({ symbols: [...before.symbols, makeSymbol('src/format/parse.ts', 'extra')] })
  const plan = await builtinWriter.plan({ facts: before, projectName: 'sample' })
  for (const page of planPages(plan)) {
    const again = { facts: structuredClone(before), plan: structuredClone(plan), page }
    const first = await builtinWriter.write({ facts: before, plan, page, signal })
    expect(await builtinWriter.write({ ...again, signal })).toEqual(first)
    expect(fingerprint(again)).toBe(fingerprint({ facts: before, plan, page }))
  }
  const [kept, changed] = ['src', 'src-format'].map((slug) => {
    const page = planPages(plan).find((one) => one.slug === slug) as PlanPage
    return fingerprint({ facts: before, plan, page }) === fingerprint({ facts: after, plan, page })
  })
  expect([kept, changed]).toEqual([true, false])
})

it('still writes an overview for a repository nothing is known about', async () => {
  const facts = makeFacts({ description: null, repoType: 'app' })
  const plan = await builtinWriter.plan({ facts, projectName: 'empty' })
  expect(planPages(plan).map((page) => page.kind)).toEqual(['overview'])
  const text = await write(facts, () => true)
  expect(text).not.toMatch(/undefined|null|N\/A|\|\s*\|/)
})

it('stays below the page limit and says what it left out', async () => {
  const files = Array.from({ length: 220 }, (_, at) => makeFile(`part${at}/index.ts`))
  const symbols = files.flatMap(({ path }) => Array.from({ length: 130 }, (_, at) => makeSymbol(path, `name${at}`)))
  const facts = makeFacts({
    files,
    symbols,
    modules: files.map(({ path }) => makeModule(path.split('/')[0] ?? '', files)),
  })
  const plan = await builtinWriter.plan({ facts, projectName: 'huge' })
  expect(planPages(plan).length).toBeLessThanOrEqual(200)
  expect(await write(facts, (page) => page.kind === 'architecture')).toContain('The page limit leaves out')
})

it('cites no line of an empty file, and numbers in headings and texts need no escape', async () => {
  const files = [makeFile('src/add.ts'), makeFile('src/empty.ts', { lines: 0 })]
  const facts = library({ files, modules: [makeModule('src', files)], imports: [] })
  const text = await write(facts, (page) => page.subject === 'src')
  expect(text).toContain('| `src/empty.ts` |')
  expect(text).not.toContain('empty.ts:1')
  expect(heading(2, escapeText('2. Build'))).toBe('## 2. Build')
  expect([escapeText('3.2 or above'), escapeText('3. above')]).toEqual(['3.2 or above', '3\\. above'])
})

it('does not begin the page of one class with what stands at the top of its file, nor with a citation of nothing', async () => {
  const path = 'src/box.ts'
  const members = Array.from({ length: 150 }, (_, at) =>
    makeSymbol(path, `Box.m${at}`, { parent: `${path}#Box`, name: `m${at}` }),
  )
  const others = ['a', 'b', 'c'].map((name) => makeSymbol(path, name))
  const header = { text: 'Boxes and more.', range: range(path, 1, 2) }
  const files = [makeFile(path, { header }), makeFile('src/use.ts')]
  const symbols = [makeSymbol(path, 'Box', { kind: 'class' }), ...members, ...others]
  const text = await write(
    library({ files, symbols, modules: [makeModule('src', files)], imports: [] }),
    (page) => page.subject === `${path}#Box`,
  )
  expect(text).toMatch(/^# src\/box\.ts: Box\n\n## `Box`/)
})

it('tells the few interfaces and tasks of a small project on its overview, where no other page has them', async () => {
  const at = range('src/add.ts', 1)
  const script = { name: 'lint', command: 'biome', runner: 'npm', invocation: 'npm run lint', help: null }
  const facts = library({
    environment: [{ name: 'SUM_PLACE', default: null, help: null, ranges: [at] }],
    routes: [{ method: 'get', path: '/sums', handler: 'add', range: at, usedIn: [] }],
    configurationKeys: [
      { name: 'sums.most', type: 'number', default: '3', help: null, owner: 'Sums', range: at, usedIn: [] },
    ],
    dataModels: [
      { name: 'sums', symbol: null, source: 'sql', help: null, columns: [], relations: [], range: at, usedIn: [] },
    ],
    scripts: [{ ...script, range: range('package.json', 3), usedIn: [] }],
  })
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  expect(planPages(plan).map(({ kind }) => kind)).not.toContain('development')
  const overview = await write(facts, (page) => page.kind === 'overview')
  for (const told of ['`SUM_PLACE`', '`/sums`', '`sums.most`', '## Data models\n\n### `sums`', '`npm run lint`'])
    expect(overview).toContain(told)
})
