import { expect, it } from 'vitest'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import { makeFacts, makeFile } from '#lib/testing/make-facts.ts'
import { arrangedPlan, fitted } from './arrange.ts'
import { type Arrangement, parseArrangement } from './arrangement.ts'
import { jsonIn } from './json-in.ts'
import { planFaults } from './plan-faults.ts'

const page = (slug: string, more: Partial<PlanPage> = {}): PlanPage => ({
  slug,
  title: slug,
  description: `About ${slug}.`,
  type: 'reference',
  kind: 'module',
  subject: `src/${slug}`,
  ...more,
})

const PLAN: Plan = {
  project_name: 'doors',
  tagline: '',
  repo_type: 'library',
  navigation: [
    { group: 'Start', pages: [page('overview', { kind: 'overview' }), page('getting-started')] },
    { group: 'Reference', pages: [page('open'), page('close'), page('lock')] },
  ],
}
const FACTS = makeFacts({ files: [makeFile('src/open.ts', { lines: 20 }), makeFile('src/close.ts', { lines: 9 })] })

const ADDED = {
  add: 'how-doors-open',
  title: 'How doors open',
  description: 'From a call to an open door.',
  type: 'guide' as const,
  purpose: 'A reader can follow one call through the parts.',
  sources: ['src/open.ts:3-20', 'src/close.ts'],
}

const GOOD: Arrangement = {
  groups: [
    { group: 'First', pages: [{ page: 'overview' }, { page: 'getting-started', title: 'First steps' }, ADDED] },
    { group: 'Parts', pages: [{ page: 'lock' }, { page: 'open', merge: ['close'] }] },
  ],
}

function faultsOf(groups: Arrangement['groups'], tokens = 100): string[] {
  return planFaults({ groups }, { plan: PLAN, facts: FACTS, tokensOf: () => tokens, mostTokens: 1000 })
}

/** The good arrangement, changed at one place. */
function changed(change: (groups: Arrangement['groups']) => void): string[] {
  const { groups } = structuredClone(GOOD)
  change(groups)
  return faultsOf(groups)
}

it('renames, reorders, merges and adds pages as a good arrangement says, and leaves slugs as they are', () => {
  expect(faultsOf(GOOD.groups)).toEqual([])
  const { navigation } = arrangedPlan(PLAN, GOOD)
  expect(navigation.map(({ group, pages }) => [group, pages.map(({ slug, title }) => `${slug}: ${title}`)])).toEqual([
    ['First', ['overview: overview', 'getting-started: First steps', 'how-doors-open: How doors open']],
    ['Parts', ['lock: lock', 'open: open']],
  ])
  expect(navigation[0]?.pages[2]).toMatchObject({ kind: 'topic', sources: ADDED.sources, purpose: ADDED.purpose })
  expect(navigation[1]?.pages[1]?.parts?.map(({ slug }) => slug)).toEqual(['close'])
  expect(arrangedPlan(PLAN, { groups: [] })).toBe(PLAN)
})

it.each<[string, (groups: Arrangement['groups']) => void]>([
  ['the page "lock" is missing', (groups) => groups[1]?.pages.shift()],
  ['the page "lock" stands in it more than once', (groups) => groups[0]?.pages.push({ page: 'lock' })],
  ['there is no page "key"; a new one is an "add"', (groups) => groups[0]?.pages.push({ page: 'key' })],
  ['"overview" has to be the first page', (groups) => groups.reverse()],
  ['two groups have the name "first"', (groups) => Object.assign(groups[1] ?? {}, { group: 'FIRST' })],
  [
    'two pages have the title "first steps"',
    (groups) => Object.assign(groups[1]?.pages[0] ?? {}, { title: 'First Steps' }),
  ],
  [
    'the title "See https://x.example" has a web address',
    (groups) => Object.assign(groups[1]?.pages[0] ?? {}, { title: 'See https://x.example' }),
  ],
  ['has one of ` < > [ ]', (groups) => Object.assign(groups[1]?.pages[0] ?? {}, { title: '<b>Locks</b>' })],
  [
    'has line breaks or invisible characters',
    (groups) => Object.assign(groups[1]?.pages[0] ?? {}, { title: 'Lo\u202ecks' }),
  ],
  [
    'there is no file "../../etc/passwd" in the repository',
    (groups) => Object.assign(groups[0]?.pages[2] ?? {}, { sources: ['../../etc/passwd'] }),
  ],
  [
    '"src/close.ts" has 9 lines, not 5-10',
    (groups) => Object.assign(groups[0]?.pages[2] ?? {}, { sources: ['src/close.ts:5-10'] }),
  ],
  ['is no name of a page', (groups) => Object.assign(groups[0]?.pages[2] ?? {}, { add: '../escape' })],
  ['is no name of a page', (groups) => Object.assign(groups[0]?.pages[2] ?? {}, { add: 'index' })],
  ['has the name of a page that exists', (groups) => Object.assign(groups[0]?.pages[2] ?? {}, { add: 'lock' })],
  [
    '9 pages are added, 8 are the most',
    (groups) =>
      groups.push({
        group: 'More',
        pages: Array.from({ length: 8 }, (_, at) => ({ ...ADDED, add: `more-${at}`, title: `More ${at}` })),
      }),
  ],
])('refuses an arrangement and says what is wrong: %s', (fault, change) => {
  const faults = changed(change)
  expect(faults.join('\n')).toContain(fault)
  expect(faults.length).toBeLessThan(3)
})

it('refuses to tell so much on one page that no prompt could hold it', () => {
  expect(faultsOf(GOOD.groups, 600)).toEqual([
    '"open" with what is merged into it is too long: about 1200 tokens, 1000 are the most',
  ])
})

it('names every place at which the shape of an answer is wrong', () => {
  const faults = (answer: unknown) => {
    const read = parseArrangement(answer)
    return 'faults' in read ? read.faults : []
  }
  const { purpose, ...withoutPurpose } = ADDED
  expect(purpose).not.toBe('')
  const groups = [{ group: '', pages: [{ page: 'a', titel: 'x' }, withoutPurpose, 3] }]
  expect(faults({ groups })).toEqual([
    expect.stringMatching(/^groups\.0\.group: Too small/),
    'groups.0.pages.0: Unrecognized key: "titel"',
    'groups.0.pages.1.purpose: Invalid input: expected string, received undefined',
    expect.stringMatching(/^groups\.0\.pages\.2: Invalid input/),
  ])
  expect(faults(undefined)).toEqual([expect.stringMatching(/^the answer: Invalid input/)])
})

it('finds the object in an answer with thoughts, words and a fence around it', () => {
  const answer = 'I could say {"groups": 1}</think>Here it is:\n```json\n{"groups": []}\n```\nGood luck!'
  expect(jsonIn(answer)).toEqual({ groups: [] })
  expect(jsonIn('I cannot help with that.')).toBeUndefined()
  expect(jsonIn('{"groups": [')).toBeUndefined()
})

it('fits an arrangement to another commit: what is gone leaves it, what is new stands where the built-in plan has it', () => {
  const plan: Plan = {
    ...PLAN,
    navigation: [
      { group: 'Start', pages: [page('overview', { kind: 'overview' }), page('commands')] },
      { group: 'Reference', pages: [page('close'), page('handle'), page('lock')] },
      { group: 'Development', pages: [page('development')] },
    ],
  }
  const result = fitted(GOOD, plan, (path) => path === 'src/open.ts')
  expect(result.groups).toEqual([
    {
      group: 'First',
      pages: [{ page: 'overview' }, { page: 'commands' }, { ...ADDED, sources: ['src/open.ts:3-20'] }],
    },
    { group: 'Parts', pages: [{ page: 'lock' }, { page: 'close' }, { page: 'handle' }] },
    { group: 'Development', pages: [{ page: 'development' }] },
  ])
  expect(planFaults(result, { plan, facts: FACTS, tokensOf: () => 1, mostTokens: 9 })).toEqual([])
})
