import { expect, it } from 'vitest'
import { changesBetween } from '#lib/domain/changes.ts'
import type { FactsSummary } from '#lib/domain/facts-summary.ts'
import { summarizeFacts } from '#lib/domain/facts-summary.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'

function summary(changes: Partial<FactsSummary>): FactsSummary {
  return { format: 1, commit: 'c', api: [], routes: [], flags: [], environment: [], left_out: 0, ...changes }
}

const told = (from: Partial<FactsSummary>, to: Partial<FactsSummary>) =>
  changesBetween(summary(from), summary(to)).map(({ kind, change, name, before, after }) => [
    kind,
    change,
    name,
    before,
    after,
  ])

it('tells names that came, went, moved, and those whose signature or default is another one, what breaks first', () => {
  const from: FactsSummary['api'] = [
    ['a.ts#gone', 'function gone()', []],
    ['a.ts#login', 'function login(name)', []],
    ['a.ts#retry', 'function retry(times = 3)', [['times', '3']]],
    ['a.ts#same', 'function same()', []],
    ['old.ts#Door.open', 'open(): void', []],
  ]
  const to: FactsSummary['api'] = [
    ['a.ts#fresh', 'function fresh()', []],
    ['a.ts#login', 'function login(name, code)', []],
    ['a.ts#retry', 'function retry(times = 5)', [['times', '5']]],
    ['a.ts#same', 'function same()', []],
    ['new.ts#Door.open', 'open(): void', []],
  ]
  expect(told({ api: from }, { api: to })).toEqual([
    ['api', 'removed', 'gone', 'function gone()', null],
    ['api', 'signature', 'login', 'function login(name)', 'function login(name, code)'],
    ['api', 'default', 'retry', 'function retry(times = 3)', 'function retry(times = 5)'],
    ['api', 'added', 'fresh', null, 'function fresh()'],
    ['api', 'moved', 'Door.open', 'old.ts', 'new.ts'],
  ])
})

it('tells routes, flags and variables that came, went or have another default', () => {
  const from = {
    routes: [['GET /a', 'x.ts']],
    flags: [['build --out', './a', 'x.ts']],
    environment: [['PORT', '80', 'x.ts']],
  }
  const to = { routes: [['GET /b', 'x.ts']], flags: [['build --out', './b', 'x.ts']], environment: [] }
  expect(told(from as Partial<FactsSummary>, to as unknown as Partial<FactsSummary>)).toEqual([
    ['route', 'removed', 'GET /a', null, null],
    ['route', 'added', 'GET /b', null, null],
    ['flag', 'default', 'build --out', './a', './b'],
    ['environment', 'removed', 'PORT', '80', null],
  ])
})

it('keeps public names of source files alone', () => {
  const facts = makeFacts({
    files: [makeFile('a.ts'), makeFile('a.test.ts', { role: 'test' })],
    symbols: [
      makeSymbol('a.ts', 'open'),
      makeSymbol('a.ts', 'hidden', { public: false }),
      makeSymbol('a.test.ts', 'helper'),
    ],
  })
  expect(summarizeFacts(facts).api.map(([id]) => id)).toEqual(['a.ts#open'])
})

it('keeps a summary of whatever a repository declares below 2 MB, and counts what it leaves out', () => {
  const symbols = Array.from({ length: 9000 }, (_, index) =>
    makeSymbol('a.ts', `name${index}`, { signature: 'ж'.repeat(10_000) }),
  )
  const routes = Array.from({ length: 6000 }, (_, index) => ({
    method: 'GET',
    path: `/r/${index}`,
    handler: null,
    range: range('a.ts', index),
    usedIn: [],
  }))
  const summary = summarizeFacts(makeFacts({ files: [makeFile('a.ts')], symbols, routes }))
  expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(2_100_000)
  expect(summary.routes).toHaveLength(5000)
  expect(summary.api.length).toBeGreaterThan(2000)
  expect(summary.api[0]?.[1]).toHaveLength(300)
  expect(summary.left_out).toBe(1000 + 9000 - summary.api.length)
})

it('says nothing of what is absent where a run did not keep every name', () => {
  const one: FactsSummary['api'] = [['a.ts#one', 'function one()', []]]
  const two: FactsSummary['api'] = [['a.ts#two', 'function two()', []]]
  const added = ['api', 'added', 'two', null, 'function two()']
  const removed = ['api', 'removed', 'one', 'function one()', null]
  expect(told({ api: one }, { api: two })).toEqual([removed, added])
  expect(told({ api: one }, { api: two, left_out: 1 })).toEqual([added])
  expect(told({ api: one, left_out: 1 }, { api: two })).toEqual([removed])
})
