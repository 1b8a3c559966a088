import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScorer, type Scorer } from '#lib/testing/score-pages.ts'
import { MEASURE_IDS, MEASURE_RULES, pointsFor } from './measure-table.ts'

let scorer: Scorer
beforeAll(async () => {
  scorer = await createScorer({ 'lib/door.ts': 'export function openDoor(): void {}\n' })
})
afterAll(() => scorer.remove())

const PAGE = '# Door\n\n`openDoor` opens the door that is called so. [lib/door.ts:1](source:lib/door.ts#L1)\n'

it('answers the total, the three groups and every measure in the order of the table', async () => {
  const score = await scorer.score({ 'index.md': PAGE })
  expect(score.measures.map(({ id }) => id)).toEqual(MEASURE_IDS)
  expect(score).toMatchObject({ truth: 100, coverage: 100, pages: 1, commit: scorer.repository.commit })
  expect(score.total).toBeLessThan(100)
  expect(await scorer.score({ 'index.md': PAGE })).toEqual(score)
})

it('falls when a claim becomes false', async () => {
  const right = await scorer.score({ 'index.md': PAGE })
  const wrong = await scorer.score({ 'index.md': PAGE.replaceAll('openDoor', 'openDoors') })
  expect(wrong.total).toBeLessThan(right.total)
})

it('takes the Markdown beside HTML for the pages, and the home page for the navigation', async () => {
  const score = await scorer.score({
    'index.html': '<main><a href="door.html">Door</a> <code>noSuchName</code></main>',
    'door.html': '<main>not read</main>',
    'door.md': PAGE,
    'other.html': '<main>not read</main>',
    'source/lib/door.ts.html': '',
  })
  expect(score.pages).toBe(1)
  expect(score.measures.find(({ id }) => id === 'orphans')).toMatchObject({ value: 0, checked: 2 })
  expect(score.measures.find(({ id }) => id === 'identifiers')).toMatchObject({ value: 1 })
})

it('says what to give when a folder holds no page', async () => {
  await expect(scorer.score({ 'notes.txt': 'x' })).rejects.toThrow(/holds no Markdown, reStructuredText or HTML page$/)
})

it('says which page it could not read, and reads the others', async () => {
  const deep = `<main>${'<i>'.repeat(30_000)}x</main>`
  const { pages, limits } = await scorer.score({ 'index.md': PAGE, 'deep/page.html': deep })
  expect({ pages, limits }).toEqual({ pages: 1, limits: ['deep/page.html was not read: it is nested too deeply.'] })
})

it('gives full points at a gate and fewer in proportion below it', () => {
  expect(pointsFor(MEASURE_RULES.citations_support, 0.95, 10)).toBe(1)
  expect(pointsFor(MEASURE_RULES.citations_support, 0.475, 10)).toBe(0.5)
  expect(pointsFor(MEASURE_RULES.citations_tight_median, 50, 10)).toBe(0.5)
  expect(pointsFor(MEASURE_RULES.orphans, 1, 4)).toBe(0.75)
  expect(pointsFor(MEASURE_RULES.links, null, 0)).toBeNull()
  expect(pointsFor(MEASURE_RULES.citations_support, null, 0)).toBe(0)
  const weights = Object.values(MEASURE_RULES).map(({ weight }) => weight)
  expect(weights.reduce((sum, weight) => sum + weight)).toBe(100)
})
