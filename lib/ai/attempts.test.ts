import { describe, expect, it } from 'vitest'
import type { AiEvent, AiFailure, Transport } from '#lib/domain/ai.ts'
import { withRetries } from './attempts.ts'
import { failure } from './failures.ts'
import { placesOf } from './places.ts'

const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: new AbortController().signal }
const busy = failure('rate', 'busy')
const answer: AiEvent = { kind: 'done', text: 'yes' }
const calls = () => ({ limitMs: 600_000, places: placesOf('anthropic') })

function scripted(...given: (AiFailure | typeof answer | { limitMs: number })[]) {
  const ends = given.filter((one) => 'kind' in one)
  const limits = given.find((one) => 'limitMs' in one)
  const asked: number[] = []
  const waits: number[] = []
  const clock = { nowMs: 0 }
  const transport: Transport = {
    async *ask() {
      asked.push(clock.nowMs)
      yield (ends.length > 1 ? ends.shift() : ends[0]) ?? answer
    },
  }
  const patient = withRetries(
    transport,
    { ...calls(), ...limits },
    {
      now: () => clock.nowMs,
      random: () => 0.5,
      sleep: async (ms) => {
        waits.push(ms)
        clock.nowMs += ms
      },
    },
  )
  const ask = async () => (await Array.fromAsync(patient.ask(request))).at(-1)
  return { ask, asked, waits, clock }
}

describe('a call that may be tried again', () => {
  it('is, after half of 1, 2 and 4 s at most, and told each time', async () => {
    const { ask, waits } = scripted(busy, busy, busy, answer)
    expect(await ask()).toEqual(answer)
    expect(waits).toEqual([500, 1000, 2000])
  })

  it('waits as long as the provider asks for and up to a fifth more, but not for longer than a minute', async () => {
    const short = scripted({ ...busy, retryAfterMs: 7000 }, answer)
    await short.ask()
    expect(short.waits).toEqual([7700])
    const long = scripted({ ...busy, retryAfterMs: 3_600_000 }, answer)
    expect(await long.ask()).toMatchObject({ kind: 'fail', message: 'busy; it asks to wait 3600 s' })
    expect(long.waits).toEqual([])
  })

  it('ends after four attempts', async () => {
    const { ask, asked } = scripted(busy)
    expect(await ask()).toEqual(busy)
    expect(asked).toHaveLength(4)
  })

  it('is tried once more only when its answer had begun and ran out of time', async () => {
    let asked = 0
    const patient = withRetries(
      {
        async *ask() {
          asked += 1
          yield { kind: 'start' }
          yield failure('timeout_idle', 'nothing came')
        },
      },
      calls(),
      { sleep: async () => undefined },
    )
    expect((await Array.fromAsync(patient.ask(request))).at(-1)).toMatchObject({ code: 'timeout_idle' })
    expect(asked).toBe(2)
  })

  it('begins no attempt after the time of a whole call', async () => {
    const { ask, asked, waits } = scripted({ limitMs: 120_000 }, { ...busy, retryAfterMs: 50_000 })
    expect(await ask()).toMatchObject({ message: 'busy; it asks to wait 50 s' })
    expect(waits).toEqual([55_000, 55_000])
    expect(asked).toHaveLength(3)
  })

  it('is not tried again when that would change nothing', async () => {
    const { ask, asked } = scripted(failure('auth', 'sign in'))
    await ask()
    expect(asked).toHaveLength(1)
  })

  it('ends while it waits when it is cancelled', async () => {
    const controller = new AbortController()
    const patient = withRetries(
      {
        async *ask() {
          yield { ...busy, retryAfterMs: 50_000 }
        },
      },
      calls(),
    )
    const events: AiEvent[] = []
    for await (const event of patient.ask({ ...request, signal: controller.signal })) {
      events.push(event)
      controller.abort()
    }
    expect(events.at(-1)).toMatchObject({ code: 'cancelled' })
  })
})

/** A provider that answers, or fails for good, as `state` says; time stands still until `pass` lets a minute go by. */
function breakable() {
  const state = { isBroken: false, asked: 0, nowMs: 0, held: null as Promise<void> | null }
  const sleepers = new Set<() => void>()
  const patient = withRetries(
    {
      async *ask() {
        state.asked += 1
        await state.held
        yield state.isBroken ? busy : answer
      },
    },
    calls(),
    {
      now: () => state.nowMs,
      random: () => 0,
      sleep: (ms, signal) =>
        ms === 0
          ? Promise.resolve()
          : new Promise((resolve, reject) => {
              sleepers.add(resolve)
              signal.addEventListener('abort', () => reject(signal.reason))
            }),
    },
  )
  const ask = async (signal = request.signal) => (await Array.fromAsync(patient.ask({ ...request, signal }))).at(-1)
  const pass = () => {
    state.nowMs += 60_000
    for (const wake of sleepers) wake()
    sleepers.clear()
  }
  async function breakAfterAnswer(): Promise<void> {
    await ask()
    state.isBroken = true
    for (let call = 0; call < 3; call += 1) expect(await ask()).toEqual(busy)
    state.asked = 0
  }
  return { state, ask, pass, sleepers, breakAfterAnswer }
}

describe('a provider that is broken', () => {
  it('and has answered before is left alone for a minute; who waits goes on after one probe', async () => {
    const { state, ask, pass, sleepers, breakAfterAnswer } = breakable()
    await breakAfterAnswer()
    const controller = new AbortController()
    const waiting = Promise.all([ask(), ask(), ask(), ask()])
    const cancelled = ask(controller.signal)
    await expect.poll(() => sleepers.size).toBe(5)
    controller.abort()
    expect(await cancelled).toMatchObject({ code: 'cancelled' })
    expect(state.asked).toBe(0)

    const { promise, resolve: mend } = Promise.withResolvers<void>()
    Object.assign(state, { isBroken: false, held: promise })
    pass()
    await expect.poll(() => state.asked).toBe(1)
    await new Promise((go) => setImmediate(go))
    expect(state.asked).toBe(1)
    mend()
    expect(await waiting).toEqual([answer, answer, answer, answer])
    expect(state.asked).toBe(4)
  })

  it('is given up when the probe fails too: nobody waits for another minute', async () => {
    const { state, ask, pass, sleepers, breakAfterAnswer } = breakable()
    await breakAfterAnswer()
    const waiting = Promise.all([ask(), ask(), ask()])
    await expect.poll(() => sleepers.size).toBe(3)
    pass()
    for (const end of await waiting) expect(end).toMatchObject({ kind: 'fail', message: 'busy' })
    expect(await ask()).toMatchObject({ kind: 'fail', message: 'busy' })
    expect(state.asked).toBe(4)
  })

  it('and has never answered is given up after three calls', async () => {
    const { ask, asked } = scripted(busy)
    for (let call = 0; call < 3; call += 1) await ask()
    expect(await ask()).toMatchObject({ code: 'rate', message: 'busy' })
    expect(asked).toHaveLength(12)
  })

  it('and has never answered is given up after one call that ran out of time', async () => {
    const { ask, asked } = scripted({ ...failure('timeout_wall', 'no answer'), retryable: false })
    await ask()
    expect(await ask()).toMatchObject({ code: 'timeout_wall', message: 'no answer' })
    expect(asked).toHaveLength(1)
  })

  it('and has never been reached is asked once; one that has answered before, like any other', async () => {
    const gone = failure('unreachable', 'nobody listens')
    const { ask, asked } = scripted(gone)
    expect(await ask()).toMatchObject({ code: 'unreachable' })
    expect(await ask()).toMatchObject({ code: 'unreachable', retryable: false })
    expect(asked).toHaveLength(1)
    const known = scripted(answer, gone, gone, answer)
    await known.ask()
    expect(await known.ask()).toEqual(answer)
    expect(known.asked).toHaveLength(4)
  })

  it.each(['context', 'truncated', 'bad_output'] as const)('is not what %s tells of', async (code) => {
    const { ask, asked } = scripted(failure(code, 'no'))
    for (let call = 0; call < 5; call += 1) await ask()
    expect(asked).toHaveLength(5)
  })

  it('is left alone at once when only a person can mend it', async () => {
    const { ask, asked } = scripted(failure('auth', 'sign in'), answer)
    await ask()
    expect(await ask()).toMatchObject({ code: 'auth', message: 'sign in' })
    expect(asked).toHaveLength(1)
  })
})

describe('many calls at once', () => {
  it('of a command-line tool are three at a time, and one that is cancelled while it waits ends', async () => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    let running = 0
    const patient = withRetries(
      {
        async *ask() {
          running += 1
          await over
          yield answer
        },
      },
      { limitMs: 600_000, places: placesOf('claude') },
    )
    const ask = async (signal = request.signal) => (await Array.fromAsync(patient.ask({ ...request, signal }))).at(-1)
    const all = Promise.all(Array.from({ length: 5 }, () => ask()))
    const controller = new AbortController()
    const cancelled = ask(controller.signal)
    await expect.poll(() => running).toBe(3)
    controller.abort()
    expect(await cancelled).toMatchObject({ code: 'cancelled' })
    expect(running).toBe(3)
    end()
    expect(await all).toEqual(Array.from({ length: 5 }, () => answer))
    expect(running).toBe(5)
  })
})
