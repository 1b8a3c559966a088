import { expect, it } from 'vitest'
import { completeUpTo, mergeEvents } from '#lib/domain/event-list.ts'
import type { RecordedEvent, RunEvent } from '#lib/domain/run-events.ts'
import { runLog } from '#lib/domain/run-log.ts'

const RUNNING = { currentStage: null, planJson: null, ended: null }

it('shows what is done, what goes on and what is still to come', () => {
  const log = runLog(recorded(started('cloning'), finished('cloning', 'done'), started('planning')), RUNNING)
  expect(log.stages.map(({ stage, mark }) => [stage, mark])).toEqual([
    ['cloning', 'done'],
    ['planning', 'active'],
    ['generating_pages', 'pending'],
    ['validating', 'pending'],
    ['cross_linking', 'pending'],
    ['rendering', 'pending'],
  ])
})

it('shows incremental planning instead of planning when the run plans incrementally', () => {
  const stages = runLog(recorded(started('cloning'), started('incremental_planning')), RUNNING).stages
  expect(stages.map(({ stage }) => stage)).toContain('incremental_planning')
  expect(stages.map(({ stage }) => stage)).not.toContain('planning')
})

it('still tells after the end which stage failed and why, and what was never reached', () => {
  const events = recorded(started('cloning'), finished('cloning', 'failed', 'The repository does not exist'))
  const [cloning, planning] = runLog(events, { ...RUNNING, ended: 'error' }).stages
  expect(cloning).toMatchObject({ mark: 'failed', message: 'The repository does not exist' })
  expect(planning?.mark).toBe('skipped')
})

it('marks the stage that a dying server cut short', () => {
  const log = runLog(recorded(started('cloning')), { ...RUNNING, ended: 'error' })
  expect(log.stages[0]?.mark).toBe('failed')
})

it('marks every later stage as not reached when there was nothing to do', () => {
  const context = { ...RUNNING, currentStage: 'up_to_date', ended: 'ready' as const }
  const log = runLog(recorded(started('cloning'), finished('cloning', 'done')), context)
  expect(log.stages.map(({ mark }) => mark)).toEqual(['done', ...Array(5).fill('skipped')])
})

it('lists the pages of the plan with their titles, written or not', () => {
  const page = { description: '', type: 'guide', kind: 'overview' }
  const plan_json = JSON.stringify({
    project_name: 'atlas',
    tagline: '',
    repo_type: 'app',
    navigation: [
      {
        group: 'Start',
        pages: [
          { ...page, slug: 'b', title: 'B' },
          { ...page, slug: 'a', title: 'A' },
        ],
      },
    ],
  })
  const events = recorded(
    { kind: 'plan_ready', plan_json, total_pages: 2, kept_pages: 1 },
    { kind: 'page_written', slug: 'a', title: 'A', page_count: 1, kept: true },
  )
  expect(runLog(events, RUNNING).pages).toEqual([
    { slug: 'b', title: 'B', writtenAt: null, kept: false },
    { slug: 'a', title: 'A', writtenAt: '2026-11-22T08:00:02.000Z', kept: true },
  ])
})

it('knows how many wait before a run until it begins', () => {
  const waiting = recorded({ kind: 'waiting', ahead: 2 }, { kind: 'waiting', ahead: 1 })
  expect(runLog(waiting, RUNNING).waitingAhead).toBe(1)
  expect(runLog([], RUNNING).waitingAhead).toBeNull()
  expect(runLog([...waiting, ...recorded(started('cloning'))], RUNNING).waitingAhead).toBeNull()
  expect(runLog(waiting, { ...RUNNING, ended: 'aborted' }).waitingAhead).toBeNull()
})

it('puts late and repeated events in their place', () => {
  const [first, second, third] = recorded(started('cloning'), finished('cloning', 'done'), started('planning'))
  if (!first || !second || !third) throw new Error('three events were made')
  const gap = mergeEvents([first], [third])
  expect(completeUpTo(gap)).toBe(1)
  const whole = mergeEvents(gap, [first, second, third])
  expect(whole.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(mergeEvents(whole, [second])).toBe(whole)
})

function recorded(...events: RunEvent[]): RecordedEvent[] {
  return events.map((event, index) => ({ seq: index + 1, at: `2026-11-22T08:00:0${index + 1}.000Z`, event }))
}

function started(stage: 'cloning' | 'planning' | 'incremental_planning'): RunEvent {
  return { kind: 'stage_started', stage }
}

function finished(stage: 'cloning', outcome: 'done' | 'failed', message?: string): RunEvent {
  return { kind: 'stage_finished', stage, duration_ms: 5, outcome, message }
}
