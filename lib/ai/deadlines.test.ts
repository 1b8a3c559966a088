import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { timeoutFailure, watchDeadlines } from './deadlines.ts'

const LIMITS = { startMs: 1000, idleMs: 2000, wallMs: 5000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(limits = LIMITS) {
  const told: string[] = []
  return { told, ...watchDeadlines(limits, (code) => told.push(code)) }
}

describe('a call that is watched', () => {
  it('has to begin in time', () => {
    const { told } = watched()
    vi.advanceTimersByTime(999)
    expect(told).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual(['timeout_start'])
  })

  it('may pause, from one sign of life to the next, and has to end in time', () => {
    const { told, touch } = watched()
    touch()
    vi.advanceTimersByTime(1999)
    touch()
    vi.advanceTimersByTime(1999)
    expect(told).toEqual([])
    vi.advanceTimersByTime(1)
    expect(told).toEqual(['timeout_idle'])
    const busy = watched()
    for (let second = 0; second < 6; second += 1) {
      busy.touch()
      vi.advanceTimersByTime(1000)
    }
    expect(busy.told).toEqual(['timeout_wall'])
  })

  it('ends at the limit of the whole call where the others are as long', () => {
    const { told } = watched({ startMs: 5000, idleMs: 5000, wallMs: 5000 })
    vi.advanceTimersByTime(5000)
    expect(told).toEqual(['timeout_wall'])
  })

  it('is left alone once it has ended', () => {
    const { told, touch, stop } = watched()
    stop()
    touch()
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([])
  })
})

it('tells of a limit in seconds and may be tried again, but not when the whole time is over', () => {
  expect(timeoutFailure('timeout_idle', LIMITS)).toMatchObject({ message: 'nothing came for 2 s', retryable: true })
  expect(timeoutFailure('timeout_wall', LIMITS).retryable).toBe(false)
})
