import { describe, expect, it } from 'vitest'
import type { AiEvent, AiFailure, Transport } from '#lib/domain/ai.ts'
import { withRetries } from './attempts.ts'
import { failure } from './failures.ts'

const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: new AbortController().signal }
const busy = failure('rate', 'busy')
const answer: AiEvent = { kind: 'done', text: 'yes' }

function scripted(...ends: (AiFailure | typeof answer)[]) {
  const calls: number[] = []
  const waits: number[] = []
  const clock = { nowMs: 0 }
  const transport: Transport = {
    async *ask() {
      calls.push(clock.nowMs)
      yield (ends.length > 1 ? ends.shift() : ends[0]) ?? answer
    },
  }
  const patient = withRetries(transport, {
    now: () => clock.nowMs,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms)
      clock.nowMs += ms
    },
  })
  const ask = async () => (await Array.fromAsync(patient.ask(request))).at(-1)
  return { ask, calls, waits, clock }
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
    const { ask, calls } = scripted(busy)
    expect(await ask()).toEqual(busy)
    expect(calls).toHaveLength(4)
  })

  it('is tried once more only when its answer had begun and ran out of time', async () => {
    let calls = 0
    const patient = withRetries(
      {
        async *ask() {
          calls += 1
          yield { kind: 'start' }
          yield failure('timeout_idle', 'nothing came')
        },
      },
      { sleep: async () => undefined },
    )
    expect((await Array.fromAsync(patient.ask(request))).at(-1)).toMatchObject({ code: 'timeout_idle' })
    expect(calls).toBe(2)
  })

  it('is not tried again when that would change nothing', async () => {
    const { ask, calls } = scripted(failure('auth', 'sign in'))
    await ask()
    expect(calls).toHaveLength(1)
  })

  it('ends while it waits when it is cancelled', async () => {
    const controller = new AbortController()
    const patient = withRetries({
      async *ask() {
        yield { ...busy, retryAfterMs: 50_000 }
      },
    })
    const events: AiEvent[] = []
    for await (const event of patient.ask({ ...request, signal: controller.signal })) {
      events.push(event)
      controller.abort()
    }
    expect(events.at(-1)).toMatchObject({ code: 'cancelled' })
  })
})

describe('a provider that is broken', () => {
  it('is left alone for a minute after three calls failed for good; who waits goes on after one probe', async () => {
    let nowMs = 0
    let isBroken = true
    let calls = 0
    let running = 0
    let mostAtOnce = 0
    let mend = () => {}
    const sleepers = new Set<() => void>()
    const patient = withRetries(
      {
        async *ask() {
          calls += 1
          running += 1
          mostAtOnce = Math.max(mostAtOnce, running)
          if (!isBroken && calls === 13) await new Promise<void>((go) => (mend = go))
          running -= 1
          yield isBroken ? busy : answer
        },
      },
      {
        now: () => nowMs,
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
    for (let call = 0; call < 3; call += 1) expect(await ask()).toEqual(busy)
    expect(calls).toBe(12)

    const controller = new AbortController()
    const waiting = Promise.all([ask(), ask(), ask(), ask()])
    const cancelled = ask(controller.signal)
    await expect.poll(() => sleepers.size).toBe(5)
    controller.abort()
    expect(await cancelled).toMatchObject({ code: 'cancelled' })
    expect(calls).toBe(12)

    mostAtOnce = 0
    isBroken = false
    nowMs += 60_000
    for (const wake of sleepers) wake()
    await expect.poll(() => calls).toBe(13)
    await new Promise((go) => setImmediate(go))
    expect(calls).toBe(13)
    expect(mostAtOnce).toBe(1)
    mend()
    expect(await waiting).toEqual([answer, answer, answer, answer])
    expect(calls).toBe(16)
  })

  it.each(['context', 'truncated', 'bad_output'] as const)('is not what %s tells of', async (code) => {
    const { ask, calls } = scripted(failure(code, 'no'))
    for (let call = 0; call < 5; call += 1) await ask()
    expect(calls).toHaveLength(5)
  })

  it('is left alone at once when only a person can mend it', async () => {
    const { ask, calls } = scripted(failure('auth', 'sign in'), answer)
    await ask()
    expect(await ask()).toMatchObject({ code: 'auth', message: 'sign in' })
    expect(calls).toHaveLength(1)
  })
})
