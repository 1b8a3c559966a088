import { expect, it } from 'vitest'
import type { ProgressFrame, SyncFrame } from '#lib/domain/frames.ts'
import {
  connectionOf,
  INITIAL_LIVE_STATE,
  type LiveEffect,
  type LiveEvent,
  type LiveState,
  stepLive,
} from '#lib/domain/live-client.ts'

/** Lives through time: timers the machine sets fire in order; sockets fail unless the script says otherwise. */
function simulate(script: { socketWorks: (nowMs: number) => boolean; pollWorks?: (nowMs: number) => boolean }) {
  const seen: { atMs: number; what: string }[] = []
  const timers = new Map<string, number>()
  let state: LiveState = INITIAL_LIVE_STATE
  let nowMs = 0

  function dispatch(event: LiveEvent): void {
    const step = stepLive(state, event, 0.5)
    state = step.state
    for (const answer of step.effects.flatMap(perform)) dispatch(answer)
  }

  /** Carries out an effect; returns what the world answers. */
  function perform(effect: LiveEffect): LiveEvent[] {
    if (effect.type === 'schedule') timers.set(effect.timer, nowMs + effect.delayMs)
    if (effect.type === 'cancel') timers.delete(effect.timer)
    if (!['schedule', 'cancel', 'apply'].includes(effect.type)) seen.push({ atMs: nowMs, what: effect.type })
    if (effect.type === 'connect') return script.socketWorks(nowMs) ? [{ type: 'opened' }, frame(sync(1))] : [dropped()]
    if (effect.type === 'poll') return [{ type: script.pollWorks?.(nowMs) === false ? 'poll_failed' : 'polled' }]
    return []
  }

  function runUntil(untilMs: number): void {
    for (;;) {
      const next = [...timers].sort((left, right) => left[1] - right[1])[0]
      if (!next || next[1] > untilMs) break
      nowMs = next[1]
      timers.delete(next[0])
      dispatch({ type: `${next[0]}_due` } as LiveEvent)
    }
    nowMs = untilMs
  }

  const times = (what: string) => seen.filter((entry) => entry.what === what).map((entry) => entry.atMs)
  return { dispatch, runUntil, times, connection: () => connectionOf(state), state: () => state }
}

it('retries after 1, 2 and 4 seconds, then polls every 10 seconds while it keeps trying', () => {
  const client = simulate({ socketWorks: () => false })
  client.dispatch({ type: 'start' })
  client.runUntil(6_999)
  expect(client.times('connect')).toEqual([0, 1_000, 3_000])
  expect(client.connection()).toBe('offline')
  client.runUntil(60_000)
  expect(client.times('poll')).toEqual([7_000, 17_000, 27_000, 37_000, 47_000, 57_000])
  expect(client.connection()).toBe('polling')
  expect(client.times('connect').slice(3)).toEqual([7_000, 13_000, 25_000, 47_500])
})

it('returns to live as soon as a socket opens, and stops polling', () => {
  const client = simulate({ socketWorks: (nowMs) => nowMs >= 13_000 })
  client.dispatch({ type: 'start' })
  client.runUntil(40_000)
  expect(client.connection()).toBe('live')
  expect(client.times('poll')).toEqual([7_000])
})

it('says offline when polling fails too', () => {
  const client = simulate({ socketWorks: () => false, pollWorks: () => false })
  client.dispatch({ type: 'start' })
  client.runUntil(8_000)
  expect(client.connection()).toBe('offline')
})

it('does not reconnect after close code 1000', () => {
  const client = simulate({ socketWorks: () => true })
  client.dispatch({ type: 'start' })
  client.dispatch({ type: 'closed', code: 1000 })
  client.runUntil(600_000)
  expect(client.times('connect')).toEqual([0])
  expect(client.connection()).toBe('offline')
})

it('asks at once whether the session is over when the server refuses it', () => {
  const live = play([{ type: 'start' }, { type: 'opened' }, frame(sync(7))])
  const refused = stepLive(live, { type: 'closed', code: 1008 }, 0)
  expect(refused.effects).toContainEqual({ type: 'poll' })
  expect(stepLive(refused.state, { type: 'session_over' }, 0).effects).toContainEqual({ type: 'session_ended' })
  const polled = play([{ type: 'polled' }], refused.state)
  expect(stepLive(polled, { type: 'retry_due' }, 0).effects).toEqual([{ type: 'connect', since: null }])
})

it('takes a silent socket for dead after 75 seconds', () => {
  const client = simulate({ socketWorks: (nowMs) => nowMs === 0 })
  client.dispatch({ type: 'start' })
  client.runUntil(75_999)
  expect(client.times('close')).toEqual([75_000])
  client.runUntil(76_000)
  expect(client.times('connect')).toEqual([0, 76_000])
})

it('keeps backing off from a server that accepts and drops at once', () => {
  let state = INITIAL_LIVE_STATE
  for (const event of [
    { type: 'start' },
    { type: 'opened' },
    dropped(),
    { type: 'retry_due' },
    { type: 'opened' },
  ] as const)
    state = stepLive(state, event, 0).state
  const { effects } = stepLive(state, dropped(), 0)
  expect(effects).toContainEqual({ type: 'schedule', timer: 'retry', delayMs: 2_000 })
})

it('asks for what it missed by the last sequence number, and for everything after it has polled', () => {
  const live = play([{ type: 'start' }, { type: 'opened' }, frame(sync(7)), frame(progress(8)), dropped()])
  expect(stepLive(live, { type: 'retry_due' }, 0).effects).toEqual([{ type: 'connect', since: 8 }])
  const polled = play([{ type: 'polled' }], { ...live, polling: true })
  expect(stepLive(polled, { type: 'retry_due' }, 0).effects).toEqual([{ type: 'connect', since: null }])
})

it('refetches on a gap and ignores what it has already seen', () => {
  const live = play([{ type: 'start' }, { type: 'opened' }, frame(sync(7))])
  expect(stepLive(live, frame(progress(9)), 0).effects).toContainEqual({ type: 'poll' })
  expect(stepLive(live, frame(progress(8)), 0).effects).not.toContainEqual({ type: 'poll' })
  expect(stepLive(live, frame(progress(7)), 0).effects.some(({ type }) => type === 'apply')).toBe(false)
})

it('answers a ping with a pong', () => {
  const live = play([{ type: 'start' }, { type: 'opened' }])
  expect(stepLive(live, { type: 'frame', frame: { type: 'ping' } }, 0).effects).toContainEqual({ type: 'pong' })
})

it('tries at once when it is woken while it waits', () => {
  const waiting = play([{ type: 'start' }, dropped()])
  expect(stepLive(waiting, { type: 'wake' }, 0).effects).toContainEqual({ type: 'connect', since: null })
})

function play(events: LiveEvent[], from: LiveState = INITIAL_LIVE_STATE): LiveState {
  return events.reduce((state, event) => stepLive(state, event, 0).state, from)
}

function dropped(): LiveEvent {
  return { type: 'closed', code: 1006 }
}

function frame(of: SyncFrame | ProgressFrame): LiveEvent {
  return { type: 'frame', frame: of }
}

function sync(seq: number): SyncFrame {
  return { type: 'sync', projects: [], known_models: {}, known_branches: {}, total_cost_usd: 0, unpriced_calls: 0, seq }
}

function progress(seq: number): ProgressFrame {
  return {
    type: 'progress',
    name: 'atlas',
    branch: 'main',
    provider: 'builtin',
    model: 'static',
    owner: 'mira',
    generation_id: 'g1',
    status: 'generating',
    run_id: 'r1',
    seq,
  }
}
