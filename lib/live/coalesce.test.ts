import { expect, it } from 'vitest'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { createCoalescer, type ProgressBatch } from '#lib/live/coalesce.ts'
import { progressEvent } from '#lib/testing/live-events.ts'

/** A coalescer whose windows end when the test says so. */
function coalescer() {
  const sent: ProgressBatch[] = []
  const windows = new Set<() => void>()
  const timers = {
    after(_: number, task: () => void) {
      windows.add(task)
      return () => void windows.delete(task)
    },
  }
  const { push, flush, drop } = createCoalescer((batch) => sent.push(batch), timers)
  function elapse(): void {
    for (const task of [...windows]) {
      windows.delete(task)
      task()
    }
  }
  function page(variant: string, seq: number): void {
    const event: RunEvent = { kind: 'page_written', slug: `p${seq}`, title: 'P', page_count: seq, kept: false }
    const recorded = { seq, at: '2026-11-22T09:00:00.000Z', event }
    push(progressEvent('ann', 'lib', { generationId: variant, runId: 'r', recorded, changed: { page_count: seq } }))
  }
  const seqs = () => sent.map(({ events }) => events.map(({ seq }) => seq))
  return { sent, page, elapse, flush, drop, seqs, open: () => windows.size }
}

it('sends the first event at once and those of the next 100 ms together, with the newest values and every event', () => {
  const { sent, page, elapse, seqs } = coalescer()
  for (const seq of [1, 2, 3, 4]) page('v', seq)
  expect(seqs()).toEqual([[1]])
  elapse()
  expect(seqs()).toEqual([[1], [2, 3, 4]])
  expect(sent[1]?.changed).toEqual({ page_count: 4 })
})

it('thins out each variant by itself', () => {
  const { page, seqs } = coalescer()
  page('v', 1)
  page('w', 1)
  expect(seqs()).toEqual([[1], [1]])
})

it('sends what waits before the end of a run, and nothing after it', () => {
  const { page, elapse, flush, seqs } = coalescer()
  page('v', 1)
  page('v', 2)
  flush('v')
  elapse()
  expect(seqs()).toEqual([[1], [2]])
})

it('forgets variants that are gone and leaves no timer behind', () => {
  const { page, elapse, drop, seqs, open } = coalescer()
  page('v', 1)
  page('v', 2)
  drop(['v'])
  elapse()
  expect(seqs()).toEqual([[1]])
  page('w', 1)
  elapse()
  expect(open()).toBe(0)
})

it('does not let a batch grow without end', () => {
  const { page, seqs } = coalescer()
  for (let seq = 1; seq <= 150; seq += 1) page('v', seq)
  expect(seqs().map((batch) => batch.length)).toEqual([1, 100])
})
