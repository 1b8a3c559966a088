import { expect, it } from 'vitest'
import { planPages } from '#lib/domain/plan.ts'
import { factsOf } from '#lib/testing/facts-of.ts'
import { draftPage } from '#lib/writers/builtin/composers.ts'
import { planFor } from '#lib/writers/builtin/plan.ts'

it('tells once what a function and a method of the same name say, though the method stands in another file than its type', async () => {
  const said = 'Open lets in everybody who stands before the gate and has a word to say.'
  const ways = (file: string, count: number) =>
    Array.from(
      { length: count },
      (_, at) => `// Way${at} is way ${at} of ${file}.\nfunc (g *Gate) ${file}${at}() {}\n`,
    ).join('')
  const facts = await factsOf({
    'go.mod': 'module example.org/castle\n',
    'gate.go': `package castle\n\n// Gate is a gate.\ntype Gate struct{}\n\n${ways('A', 100)}`,
    'open.go': `package castle\n\n// ${said}\nfunc Open() {}\n\n// ${said}\nfunc (g *Gate) Open() {}\n\n${ways('B', 20)}`,
  })
  const plan = planFor({ facts, projectName: 'castle' })
  const pages = planPages(plan).filter(({ kind }) => kind === 'module')
  const texts = pages.map((page) => draftPage(facts, page, plan).markdown())
  expect(
    texts.filter((text) => text.includes('Open() {') || text.includes('`Open`') || text.includes('Gate.Open')),
  ).toHaveLength(2)
  expect(texts.join('\n').split(said)).toHaveLength(2)
})

it('puts many small folders that do not fit on one page together on the page above them, the smallest first', async () => {
  const names = (folder: string, count: number) =>
    Array.from({ length: count }, (_, at) => `export function ${folder}${at}(): void {}\n`).join('')
  const folders = Array.from({ length: 33 }, (_, at) => `way${at}`)
  const facts = await factsOf(
    Object.fromEntries(folders.map((name, at) => [`src/${name}/index.ts`, names(name, at < 31 ? 3 : 6)])),
  )
  const plan = planFor({ facts, projectName: 'castle' })
  const pages = planPages(plan).filter(({ kind }) => kind === 'module')
  expect(pages.map(({ subject }) => subject)).toEqual(['src', 'src/way31', 'src/way32'])
})

/** Classes with so many properties each. */
function classes(count: number, properties: number, name = 'Gate'): string {
  const members = Array.from({ length: properties }, (_, at) => `  door${at} = ${at}\n`).join('')
  return Array.from({ length: count }, (_, at) => `export class ${name}${at} {\n${members}}\n`).join('')
}

async function subjectsOf(files: Record<string, string>): Promise<(string | undefined)[]> {
  const plan = planFor({ facts: await factsOf(files), projectName: 'castle' })
  return planPages(plan)
    .filter(({ kind }) => kind === 'module')
    .map(({ subject }) => subject)
}

it('gives files a page of their own where their tables of properties would make that of the folder too long', async () => {
  const files = { 'src/a.ts': classes(3, 20), 'src/b.ts': classes(3, 30), 'src/c.ts': classes(6, 30, 'Wall') }
  expect(await subjectsOf(files)).toEqual(['src', 'src/c.ts'])
})

it('lists on the page of a folder the files, and on that of a file the classes, that have pages of their own', async () => {
  const wall = `/** Keeps the wind out. */\n${classes(1, 150, 'Wall')}`
  const facts = await factsOf({
    'src/a.ts': classes(3, 20),
    'src/b.ts': classes(3, 30),
    'src/c.ts': `${wall}${classes(3, 20)}`,
  })
  const plan = planFor({ facts, projectName: 'castle' })
  const textOf = (subject: string) =>
    planPages(plan)
      .filter((page) => page.kind === 'module' && page.subject === subject)
      .map((page) => draftPage(facts, page, plan).markdown())
      .join()
  expect(textOf('src')).toContain('| [`src/c.ts`](src-c-ts.md) |')
  expect(textOf('src/c.ts')).toContain('| [`Wall0`](src-c-ts-wall0.md) | Keeps the wind out. |')
  expect(textOf('src/c.ts#Wall0')).not.toContain('On pages of their own')
})

it('leaves every other page as it is when a name is added to one of them', async () => {
  const files = {
    'src/a.ts': `${classes(3, 20)}${classes(1, 60, 'Tower')}`,
    'src/b.ts': classes(3, 30),
    'src/c.ts': classes(6, 30, 'Wall'),
  }
  const before = await subjectsOf(files)
  expect(before.length).toBeGreaterThan(1)
  expect(await subjectsOf({ ...files, 'src/b.ts': `${files['src/b.ts']}export function bridge(): void {}\n` })).toEqual(
    before,
  )
})

it('does not tell of a whole page what one of its folders says of itself', async () => {
  const facts = await factsOf({
    'src/gate/index.ts': '/**\n * Lets few people in, and nobody out.\n */\n\nexport function gate(): void {}\n',
    'src/wall/index.ts': 'export function wall(): void {}\n',
    'src/moat/index.ts': 'export function moat(): void {}\n',
  })
  const plan = planFor({ facts, projectName: 'castle' })
  const texts = planPages(plan)
    .filter(({ kind }) => kind === 'module')
    .map((page) => draftPage(facts, page, plan).markdown())
  expect(texts.join('\n')).toMatch(/^# .+\n\n`src\/gate`: Lets few people in, and nobody out\. \[/)
})
