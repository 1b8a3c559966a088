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
    'gate.go': `package castle\n\n// Gate is a gate.\ntype Gate struct{}\n\n${ways('A', 70)}`,
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
  const folders = Array.from({ length: 26 }, (_, at) => `way${at}`)
  const facts = await factsOf(
    Object.fromEntries(folders.map((name, at) => [`src/${name}/index.ts`, names(name, at < 24 ? 3 : 6)])),
  )
  const plan = planFor({ facts, projectName: 'castle' })
  const pages = planPages(plan).filter(({ kind }) => kind === 'module')
  expect(pages.map(({ subject }) => subject)).toEqual(['src', 'src/way24', 'src/way25'])
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
