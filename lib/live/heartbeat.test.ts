import { expect, it } from 'vitest'
import { REAL_BEAT, startHeartbeat } from '#lib/live/heartbeat.ts'
import type { Timers } from '#lib/live/timers.ts'

const ROUNDS = 10_000

/** A clock that is moved by hand. */
function simulatedTimers() {
  const tasks = new Set<{ atMs: number; task: () => void }>()
  let nowMs = 0
  const timers: Timers = {
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task }
      tasks.add(entry)
      return () => void tasks.delete(entry)
    },
  }
  /** Runs the next task; false when there is none. */
  function step(): boolean {
    const next = [...tasks].sort((a, b) => a.atMs - b.atMs)[0]
    if (!next) return false
    tasks.delete(next)
    nowMs = next.atMs
    next.task()
    return true
  }
  return { timers, step, nowMs: () => nowMs, waiting: () => tasks.size }
}

/** Lets a peer live that answers each ping as `answers` says: at once, or not at all. */
function live(answers: (ping: number) => boolean, pings: number) {
  const clock = simulatedTimers()
  let sent = 0
  let deadMs: number | null = null
  const heartbeat = startHeartbeat(
    {
      ping: () => {
        sent += 1
        if (answers(sent)) heartbeat.pong()
      },
      dead: () => {
        deadMs = clock.nowMs()
      },
    },
    REAL_BEAT,
    clock.timers,
  )
  while (deadMs === null && sent < pings && clock.step());
  return { deadMs, sent, clock, heartbeat }
}

it('never closes a peer that answers, in ten thousand pings 30 seconds apart', () => {
  const { deadMs, sent, clock, heartbeat } = live(() => true, ROUNDS)
  expect(deadMs).toBeNull()
  expect(clock.nowMs()).toBe(sent * 30_000)
  heartbeat.stop()
  expect(clock.waiting()).toBe(0)
})

it('closes a peer that went silent within 70 seconds of its last sign, at whatever ping that was', () => {
  for (let lastAnswered = 0; lastAnswered < ROUNDS; lastAnswered += 97) {
    const { deadMs, clock } = live((ping) => ping <= lastAnswered, Number.POSITIVE_INFINITY)
    expect(deadMs).toBe(lastAnswered * 30_000 + 70_000)
    expect(clock.waiting()).toBe(0)
  }
})

it('forgives a single missed ping, again and again', () => {
  expect(live((ping) => ping % 2 === 0, ROUNDS).deadMs).toBeNull()
})
