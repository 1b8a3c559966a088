import { describe, expect, it } from 'vitest'
import { parseProviderLimits, providerLimit } from '#lib/domain/provider-limits.ts'
import { nextToStart, type QueueEntry, type QueueLimits, startOrder } from '#lib/domain/queue-order.ts'

const LIMITS: QueueLimits = { maxRunning: 2, maxPerUser: 2, perProvider: parseProviderLimits('') }
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()

function queued(user: string, number: number, seconds: number): QueueEntry {
  return { id: `${user}-${number}`, user, provider: 'builtin', queuedAt: at(seconds) }
}

function many(user: string, count: number, seconds: number): QueueEntry[] {
  return Array.from({ length: count }, (_, number) => queued(user, number, seconds + number / 1000))
}

/** Starts what may start and ends the oldest run, once a second, until nothing waits; the seconds each run waited. */
function playOut(arriving: QueueEntry[], limits: QueueLimits): Map<string, number> {
  const waited = new Map<string, number>()
  const running: QueueEntry[] = []
  const lastStarted = new Map<string, string>()
  for (let second = 0; waited.size < arriving.length; second += 1) {
    running.shift()
    for (;;) {
      const waiting = arriving.filter((run) => run.queuedAt <= at(second) && !waited.has(run.id))
      const next = nextToStart({ waiting, running, lastStarted }, limits)
      if (!next) break
      running.push(next)
      lastStarted.set(next.user, at(second))
      waited.set(next.id, second - (Date.parse(next.queuedAt) - Date.UTC(2026, 0, 1)) / 1000)
    }
  }
  return waited
}

describe('the order of waiting runs', () => {
  it('gives one user a turn between any two of another, whoever queued more', () => {
    const waiting = [...many('ann', 4, 0), ...many('bob', 2, 10), queued('eve', 0, 20)]
    const order = startOrder({ waiting, running: [], lastStarted: new Map() }, { ...LIMITS, maxRunning: 1 })
    expect(order.map(({ id }) => id)).toEqual(['ann-0', 'bob-0', 'eve-0', 'ann-1', 'bob-1', 'ann-2', 'ann-3'])
  })

  it('counts what a user was served before: who was served last waits for the others', () => {
    const state = { waiting: [queued('ann', 1, 0), queued('bob', 0, 5)], running: [] }
    expect(nextToStart({ ...state, lastStarted: new Map([['ann', at(9)]]) }, LIMITS)?.user).toBe('bob')
    expect(nextToStart({ ...state, lastStarted: new Map([['ann', at(-9)]]) }, LIMITS)?.user).toBe('ann')
  })

  it('lets nobody of 100 users starve beside one who floods the queue and others who always come back', () => {
    const flood = many('flood', 100, 0)
    const back = ['x', 'y'].flatMap((user) => Array.from({ length: 100 }, (_, number) => queued(user, number, number)))
    const single = Array.from({ length: 100 }, (_, number) => queued(`user-${number}`, 0, number * 4))
    const waited = playOut([...flood, ...back, ...single], { ...LIMITS, maxRunning: 3, maxPerUser: 1 })
    expect(Math.max(...single.map(({ id }) => waited.get(id) ?? Infinity))).toBeLessThanOrEqual(4)
    expect(waited.size).toBe(400)
  })

  it('is the order in which they really start when runs end as they started', () => {
    const waiting = [...many('ann', 5, 0), ...many('bob', 3, 1), ...many('eve', 2, 2)]
    const limits = { ...LIMITS, maxPerUser: 1, perProvider: parseProviderLimits('builtin=2') }
    const running = [queued('ann', 9, -1)]
    const lastStarted = new Map([['ann', at(-1)]])
    const told = startOrder({ waiting, running, lastStarted }, limits).map(({ id }) => id)
    const started: string[] = []
    for (let second = 60; started.length < waiting.length; second += 1) {
      const left = waiting.filter(({ id }) => !started.includes(id))
      const next = nextToStart({ waiting: left, running, lastStarted }, limits)
      if (!next) running.shift()
      else {
        running.push(next)
        started.push(next.id)
        lastStarted.set(next.user, at(second))
      }
    }
    expect(told).toEqual(started)
  })

  it('passes by users and providers that have all they may have', () => {
    const running = [queued('ann', 8, -2), queued('ann', 9, -1)]
    const waiting = [queued('ann', 0, 0), { ...queued('bob', 0, 1), provider: 'other' }, queued('bob', 1, 2)]
    const limits = { ...LIMITS, maxRunning: 9, perProvider: { others: 1, named: {} } }
    const lastStarted = new Map<string, string>()
    expect(nextToStart({ waiting, running, lastStarted }, limits)?.id).toBe('bob-0')
    const busy = [...running, { user: 'eve', provider: 'other' }]
    expect(nextToStart({ waiting, running: busy, lastStarted }, limits)?.id).toBe('bob-1')
  })
})

describe('limits per provider', () => {
  it('hold for every AI provider or a named one, and for the built-in writer only when it is named', () => {
    const limits = parseProviderLimits(' 3, claude=5 ')
    expect(['gemini', 'claude', 'builtin'].map((provider) => providerLimit(limits, provider))).toEqual([3, 5, Infinity])
    expect(providerLimit(parseProviderLimits('2,builtin=1'), 'builtin')).toBe(1)
    for (const wrong of ['0', 'builtin', 'builtin=0', 'nobody=2', '1.5'])
      expect(() => parseProviderLimits(wrong), wrong).toThrow(/neither a number|no provider/)
  })
})
