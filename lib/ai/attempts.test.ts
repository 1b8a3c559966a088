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

  it('waits as long as the provider asks for, but not for longer than a minute', async () => {
    const short = scripted({ ...busy, retryAfterMs: 7000 }, answer)
    await short.ask()
    expect(short.waits).toEqual([7000])
    const long = scripted({ ...busy, retryAfterMs: 3_600_000 }, answer)
    expect(await long.ask()).toMatchObject({ kind: 'fail', message: 'busy; it asks to wait 3600 s' })
    expect(long.waits).toEqual([])
  })

  it('ends after four attempts', async () => {
    const { ask, calls } = scripted(busy)
    expect(await ask()).toEqual(busy)
    expect(calls).toHaveLength(4)
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
  it('is left alone for a minute after three calls failed for good, then one call is let through', async () => {
    const ends = [...Array.from({ length: 12 }, () => busy), answer]
    const { ask, calls, clock } = scripted(...ends)
    for (let call = 0; call < 3; call += 1) await ask()
    expect(await ask()).toEqual({ ...busy, retryable: false })
    expect(calls).toHaveLength(12)
    clock.nowMs += 60_000
    expect(await ask()).toEqual(answer)
    expect(await ask()).toEqual(answer)
    expect(calls).toHaveLength(14)
  })

  it('is left alone at once when only a person can mend it', async () => {
    const { ask, calls } = scripted(failure('auth', 'sign in'), answer)
    await ask()
    expect(await ask()).toMatchObject({ code: 'auth', message: 'sign in' })
    expect(calls).toHaveLength(1)
  })
})
