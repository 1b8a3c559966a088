import { expect, it } from 'vitest'
import { estimateRemaining } from '#lib/domain/estimate.ts'
import type { RecordedEvent, RunEvent } from '#lib/domain/run-events.ts'
import { runLog } from '#lib/domain/run-log.ts'
import type { RunRow } from '#lib/domain/runs.ts'
import { STAGES } from '#lib/domain/stages.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const PLAN = JSON.stringify({
  project_name: 'atlas',
  tagline: '',
  repo_type: 'library',
  navigation: [{ group: 'All', pages: ['a', 'b', 'c', 'd', 'e'].map(page) }],
})

it('says nothing of a first run before enough pages are written', () => {
  const log = logOf([[0, { kind: 'stage_started', stage: 'cloning' }]])
  expect(estimateRemaining({ log, runs: [], nowMs: START + 1_000 })).toBeNull()
})

it('goes by the pace of the pages written, and says that it knows no more than the pages', () => {
  const log = logOf(writing(['a', 'b', 'c']))
  expect(estimateRemaining({ log, runs: [], nowMs: START + 30_000 })).toEqual({ remainingMs: 20_000, until: 'pages' })
})

it('adds what the stages that follow took last time', () => {
  const log = logOf(writing(['a', 'b', 'c']))
  const runs = [runOf('planning', 2_000)]
  expect(estimateRemaining({ log, runs, nowMs: START + 35_000 })).toEqual({ remainingMs: 21_000, until: 'end' })
})

it('counts the running stage down from the last time, but not from a run that planned in another way', () => {
  const log = logOf([[0, { kind: 'stage_started', stage: 'planning' }]])
  const at = { log, nowMs: START + 500 }
  expect(estimateRemaining({ ...at, runs: [runOf('planning', 2_000)] })).toEqual({ remainingMs: 9_500, until: 'end' })
  expect(estimateRemaining({ ...at, runs: [runOf('incremental_planning', 2_000)] })).toBeNull()
  expect(estimateRemaining({ log, runs: [runOf('planning', 2_000)], nowMs: START + 60_000 })).toBeNull()
})

function page(slug: string) {
  return { slug, title: slug, description: '', type: 'guide', kind: 'overview' }
}

function writing(slugs: string[]): [number, RunEvent][] {
  return [
    [0, { kind: 'plan_ready', plan_json: PLAN, total_pages: 5, kept_pages: 0 }],
    [0, { kind: 'stage_started', stage: 'planning' }],
    [0, { kind: 'stage_finished', stage: 'planning', duration_ms: 1, outcome: 'done' }],
    [0, { kind: 'stage_started', stage: 'generating_pages' }],
    ...slugs.map((slug, index): [number, RunEvent] => [
      (index + 1) * 10_000,
      { kind: 'page_written', slug, title: slug, page_count: index + 1, kept: false },
    ]),
  ]
}

function logOf(events: [number, RunEvent][]) {
  const recorded = events.map(
    ([afterMs, event], index): RecordedEvent => ({
      seq: index + 1,
      at: new Date(START + afterMs).toISOString(),
      event,
    }),
  )
  return runLog(recorded, { currentStage: null, planJson: null, ended: null })
}

function runOf(planned: 'planning' | 'incremental_planning', durationMs: number): RunRow {
  const other = planned === 'planning' ? 'incremental_planning' : 'planning'
  const stages = STAGES.filter((stage) => stage !== other).map((stage) => ({ stage, duration_ms: durationMs }))
  return {
    run_id: 'r0',
    state: 'ready',
    trigger: 'api',
    requested_by: 'mira',
    ai_provider: 'builtin',
    ai_model: 'static',
    force: false,
    up_to_date: false,
    from_commit: null,
    to_commit: null,
    queued_at: '2025-12-31T00:00:00Z',
    started_at: null,
    finished_at: null,
    duration: null,
    stages,
    page_count: 5,
    total_pages: 5,
    input_tokens: 0,
    output_tokens: 0,
    reused_tokens: 0,
    cost_usd: 0,
    unpriced_calls: 0,
    message: null,
    warnings: [],
  }
}
