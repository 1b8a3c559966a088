import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScorer, type Scorer } from '#lib/testing/score-pages.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `// line ${index + 3}`).join('\n')
const FILES = {
  'lib/open.ts': `/** Opens. */\nexport function openDoor(): void {}\n${LINES}\nexport function shutDoor(): void {}\n`,
  'lib/other.ts': 'export const port = 3000\n',
}

let scorer: Scorer
beforeAll(async () => {
  scorer = await createScorer(FILES)
})
afterAll(() => scorer.remove())

it('accepts every form of citation that leads to lines of the commit', async () => {
  const page = [
    '# P',
    '[lib/open.ts:1-2](source:lib/open.ts#L1-L2)',
    '[a](https://github.com/me/sample/blob/main/lib/open.ts#L1-L2)',
    '[b](https://github.com/me/sample/blob/feature/x/lib/other.ts#L1)',
    '[lib/open.ts:2](source/lib/open.ts.html#L2)',
    '[lib/other.ts:1](source/lib-other-ts-0123456789.html#L1)',
    'Sources: [lib/open.ts:1-2]()',
    '`lib/other.ts:1`',
    '[c](../lib/open.ts#L1-L2)',
    '[d](https://github.com/me/sample/blob/main/lib/)',
  ].join('\n\n')
  expect(await scorer.measure('citations_resolve', { 'p.md': page })).toMatchObject({
    checked: 9,
    value: 1,
    misses: [],
  })
})

it('reports a missing file, lines past the end, an inverted range, and a label that says something else', async () => {
  const page =
    '# P\n\n[x](source:lib/no.ts#L1)\n[x](source:lib/other.ts#L2)\n[x](source:lib/open.ts#L2-L1)\n[lib/open.ts:5](source:lib/open.ts#L6)'
  const { misses } = await scorer.measure('citations_resolve', { 'p.md': page })
  expect(misses).toEqual([
    'p.md:3 lib/no.ts:1 → no such file at the commit',
    'p.md:4 lib/other.ts:2 → the file has 1 lines',
    'p.md:5 lib/open.ts:2-1 → the line range is empty',
    'p.md:6 lib/open.ts:6 → its label says lib/open.ts:5',
  ])
})

it('takes no link to another repository for a citation', async () => {
  const page = '# P\n\n[os](https://github.com/python/cpython/blob/main/Lib/os.py#L777-L789)'
  expect(await scorer.measure('citations_resolve', { 'p.md': page })).toMatchObject({
    value: null,
    points: null,
    ok: true,
  })
})

it('finds a citation that does not show what its sentence names, also when it follows the full stop', async () => {
  const page = [
    '# P',
    '`openDoor` opens. [lib/open.ts:1-2](source:lib/open.ts#L1-L2)',
    'It `shutDoor()` too. [lib/open.ts:1-2](source:lib/open.ts#L1-L2)',
    'Prose without names, and `openDoor` in another sentence. Cites freely [lib/open.ts:4](source:lib/open.ts#L4).',
  ].join('\n\n')
  const support = await scorer.measure('citations_support', { 'p.md': page })
  expect(support.misses).toEqual(['p.md:5 lib/open.ts:1-2 shows shutDoor → the name is not on these lines'])
  expect(support).toMatchObject({ checked: 2, value: 0.5, ok: false })
})

it('takes no word in a column of types for a name', async () => {
  const table = (title: string) => ({
    'p.md': `# P\n\n| Flag | ${title} | At |\n|---|---|---|\n| x | \`port\` | [a](source:lib/open.ts#L1) |\n`,
  })
  expect(await scorer.measure('citations_support', table('Type'))).toMatchObject({ checked: 0 })
  expect(await scorer.measure('citations_support', table('Name'))).toMatchObject({ checked: 1, value: 0 })
})

it('prints beside support what random ranges would reach, the same every time', async () => {
  const page = '# P\n\n`openDoor` opens. [lib/open.ts:2](source:lib/open.ts#L2)'
  const first = await scorer.measure('citations_support', { 'p.md': page })
  expect(first).toMatchObject({ value: 1, note: 'by chance 0.0 %' })
  expect((await scorer.measure('citations_support', { 'p.md': page })).note).toBe(first.note)
})

it('gives no points for documentation that cites nothing, and leaves out how tight nothing is', async () => {
  const pages = { 'p.md': '# P\n\nNothing is cited here, although plenty of words are said.' }
  expect(await scorer.measure('citations_support', pages)).toMatchObject({ value: null, points: 0, ok: false })
  expect(await scorer.measure('citations_tight_median', pages)).toMatchObject({ value: null, points: null, ok: true })
  expect(await scorer.measure('citations_dense_pages', pages)).toMatchObject({ value: 0, ok: false })
})

it('counts lines per range and lists those that nobody would check', async () => {
  const page = '# P\n\n[a](source:lib/open.ts#L1) [b](source:lib/open.ts#L1-L3) [c](source:lib/open.ts#L1-L90)'
  expect(await scorer.measure('citations_tight_median', { 'p.md': page })).toMatchObject({ value: 3, ok: true })
  expect(await scorer.measure('citations_tight_p90', { 'p.md': page })).toMatchObject({ value: 90, ok: false })
})

it('counts a paragraph as cited by a citation in it or alone below it, and short ones not at all', async () => {
  const cited = 'This sentence has more than eight words and a citation [a](source:lib/open.ts#L1).'
  const below = 'This sentence has more than eight words and nothing else.\n\nSource: [a](source:lib/open.ts#L1)'
  const none = 'This sentence has more than eight words and no proof.'
  const { checked, misses } = await scorer.measure('citations_dense_paragraphs', {
    'p.md': `# P\n\n${cited}\n\n${below}\n\n${none}\n\nToo short.`,
  })
  expect({ checked, misses }).toEqual({ checked: 3, misses: [`p.md:9 ${none} → no citation`] })
})

it('tells citations whose text moved, was edited or is gone since the commit they name', async () => {
  const then = scorer.repository.commit
  const link = (path: string, lines: string) => `[x](https://github.com/me/sample/blob/${then}/${path}#${lines})`
  const page = `# P\n\n${link('lib/open.ts', 'L2')}\n${link('lib/open.ts', 'L5')}\n${link('lib/other.ts', 'L1')}\n`
  expect(await scorer.measure('staleness', { 'p.md': page })).toMatchObject({ value: 0, checked: 3 })
  const moved = FILES['lib/open.ts'].replace('// line 5\n', '// changed\n').replace('/** Opens. */', '\n/** Opens. */')
  await scorer.repository.write({ 'lib/open.ts': moved, 'lib/other.ts': null }, 'Move, edit and remove')
  const { misses } = await scorer.measure('staleness', { 'p.md': page })
  await scorer.repository.write(FILES, 'Put back')
  expect(misses).toEqual([
    'p.md:3 lib/open.ts:2 → the text moved to line 3',
    'p.md:4 lib/open.ts:5 → the text was edited since',
    'p.md:5 lib/other.ts:1 → the file is gone',
  ])
})

it('takes a component for what its file is called', async () => {
  const own = await createScorer({
    'src/Door.vue': '<script setup>\nconst a = 1\n</script>\n',
    'src/a.ts': 'export class Wall {}\n',
  })
  try {
    const page = '# P\n\n`Door` opens. [x](source:src/Door.vue#L1)\n\n`Wall` stands. [x](source:src/Door.vue#L1)\n'
    expect(await own.measure('citations_support', { 'p.md': page })).toMatchObject({
      checked: 2,
      misses: ['p.md:5 src/Door.vue:1 shows Wall → the name is not on these lines'],
    })
  } finally {
    await own.remove()
  }
})

it('holds a link to another commit against that commit, and leaves out branches and commits that are not there', async () => {
  const own = await createScorer({ ...FILES, 'lib/then.ts': 'export const then = 1\n' })
  try {
    const then = own.repository.commit
    await own.repository.write({ 'lib/then.ts': null }, 'Without then')
    const link = (ref: string, path: string) => `[x](https://github.com/me/sample/blob/${ref}/${path})`
    const links = [
      ...Array.from({ length: 6 }, () => link('main', 'lib/open.ts#L1')),
      link(then, 'lib/then.ts#L1'),
      link(then, 'lib/then.ts#L9'),
      link('v1.2', 'lib/gone.ts#L1'),
      link('a'.repeat(40), 'lib/gone.ts#L1'),
      link('main', 'lib/gone.ts#L1'),
    ]
    const { checked, misses } = await own.measure('citations_resolve', { 'p.md': `# P\n\n${links.join('\n')}` })
    expect(checked).toBe(9)
    expect(misses).toEqual([
      'p.md:10 lib/then.ts:9 → the file has 1 lines',
      'p.md:13 lib/gone.ts:1 → no such file at the commit',
    ])
  } finally {
    await own.remove()
  }
})
