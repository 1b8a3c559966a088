import { expect, it } from 'vitest'
import type { Facts, ManifestFact } from '#lib/domain/facts.ts'
import { planPages } from '#lib/domain/plan.ts'
import { makeDoc, makeFacts, makeFile, makeModule, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'

const signal = new AbortController().signal

/** Two folders with nine names each; three files import `way0`, one imports `way1`. */
function facts(overrides: Partial<Facts> = {}): Facts {
  const folders = ['walk', 'ride']
  const files = folders.flatMap((folder) => ['a', 'b', 'c', 'd'].map((name) => makeFile(`${folder}/${name}.ts`)))
  const symbols = folders.flatMap((folder) =>
    Array.from({ length: 9 }, (_, at) =>
      makeSymbol(`${folder}/a.ts`, `${folder === 'walk' ? 'way' : 'road'}${at}`, {
        returns: 'Home',
        params: [{ name: 'from', type: 'Door', default: null, optional: false, doc: null }],
        ...(at === 0 ? { doc: makeDoc(`${folder}/a.ts`, `Finds the ${folder} home. And more.`) } : {}),
      }),
    ),
  )
  const use = (from: string, name: string) => ({
    from,
    to: 'walk/a.ts',
    specifier: './a.ts',
    names: [name],
    range: range(from, 1),
  })
  return makeFacts({
    files,
    symbols,
    modules: folders.map((folder) => makeModule(folder, files)),
    imports: [use('walk/b.ts', 'way0'), use('walk/c.ts', 'way0'), use('ride/b.ts', 'way0'), use('walk/b.ts', 'way1')],
    ...overrides,
  })
}

async function pageOf(given: Facts, slug: string): Promise<string> {
  const plan = await builtinWriter.plan({ facts: given, projectName: given.name })
  const page = planPages(plan).find((one) => one.slug === slug)
  if (!page) throw new Error(`The plan has no page ${slug}`)
  return (await builtinWriter.write({ facts: given, plan, page, signal })).markdown
}

it('tells the names that matter by part of the code: what each is, from its doc comment or its declaration, and its use', async () => {
  const text = await pageOf(facts(), 'main-concepts')
  expect(text).toContain('## `walk`')
  expect(text).toContain('`way0` is used by 3 files and `way1` by 1. [walk/a.ts:4-5]')
  expect(text).toContain('| `way0` | function | Finds the walk home. | 3 files | [walk/a.ts:4-5]')
  expect(text).toContain('| `way2` | function | Takes `from` and returns `Home`. |  | [walk/a.ts:5]')
  expect(text.indexOf('`walk`')).toBeLessThan(text.indexOf('`ride`'))
})

it('gives every package of a repository with several a group of its own, with what it uses of the others', async () => {
  const manifest = (name: string): ManifestFact => ({
    path: `${name}/package.json`,
    kind: 'npm',
    name: `@home/${name}`,
    version: '1.2.3',
    description: null,
    license: null,
  })
  const given = facts({
    manifests: [manifest('ride'), manifest('walk')],
    dependencies: [{ name: '@home/walk', range: '*', kind: 'runtime', source: range('ride/package.json', 7) }],
  })
  const plan = await builtinWriter.plan({ facts: given, projectName: 'home' })
  const groups = plan.navigation.map(({ group, pages }) => [group, pages.map(({ slug }) => slug)])
  expect(groups).toContainEqual(['@home/ride', ['home-ride', 'ride']])
  expect(groups).toContainEqual(['@home/walk', ['home-walk', 'walk']])
  const text = await pageOf(given, 'home-ride')
  expect(text).toContain('It lies in `ride` with 4 source files; `ride/package.json` describes it.')
  expect(text).toContain('Of this repository it uses [`@home/walk`](home-walk.md) [ride/package.json:7]')
})

it('tells what a package offers first, and what is inside it behind that', async () => {
  const known = facts()
  const offered = [0, 1, 2, 3, 4, 5].map((at) => ({
    from: 'walk',
    name: `road${at}`,
    entry: 'ride/a.ts',
    symbol: `ride/a.ts#road${at}`,
  }))
  const text = await pageOf(facts({ offered }), 'main-concepts')
  expect(text).toContain('Start with `road0`')
  expect(text.indexOf('`road5`')).toBeLessThan(text.indexOf('## Inside'))
  expect(text.indexOf('`way0`')).toBeGreaterThan(text.indexOf('## Inside'))
  expect(await pageOf(known, 'main-concepts')).not.toContain('## Inside')
})

it('does not count tests among those who use a name', async () => {
  const known = facts()
  const files = known.files.map((file) => (file.path === 'walk/b.ts' ? { ...file, role: 'test' as const } : file))
  const text = await pageOf({ ...known, files }, 'main-concepts')
  expect(text).not.toContain('3 files')
})

it('leaves out what is public for the language only', async () => {
  const known = facts()
  const hidden = [
    makeSymbol('walk/a.ts', '_way'),
    makeSymbol('walk/a.ts', 'said', { doc: makeDoc('walk/a.ts', 'Not public API.') }),
    makeSymbol('walk/private/a.ts', 'placed'),
  ]
  const files = [...known.files, makeFile('walk/private/a.ts')]
  const text = await pageOf({ ...known, files, symbols: [...known.symbols, ...hidden] }, 'main-concepts')
  expect(text).not.toMatch(/`(?:_way|said|placed)`/)
  expect(text).toContain('`way0`')
})
