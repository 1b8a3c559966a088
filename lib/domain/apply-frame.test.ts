import { expect, it } from 'vitest'
import { applyFrame } from '#lib/domain/apply-frame.ts'
import type { ProgressFrame, StatusChangeFrame } from '#lib/domain/frames.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { replaceRows } from '#lib/domain/variant-list.ts'

const IDENTITY = {
  name: 'atlas',
  branch: 'main',
  provider: 'builtin',
  model: 'static',
  owner: 'mira',
  generation_id: 'g1',
}

it('patches only the fields a progress frame carries, and only its own row', () => {
  const rows = [row({ page_count: 3, error_message: 'kept', current_stage: 'planning' }), row({ name: 'other' })]
  const { rows: next, refetch } = applyFrame(rows, progress({ page_count: 4 }))
  expect(refetch).toBe(false)
  expect(next[0]).toEqual({ ...rows[0], page_count: 4 })
  expect(next[1]).toBe(rows[1])
})

it('clears a field only when the frame carries null', () => {
  const rows = [row({ error_message: 'the last run failed' })]
  expect(applyFrame(rows, progress({})).rows[0]?.error_message).toBe('the last run failed')
  expect(applyFrame(rows, progress({ error_message: null })).rows[0]?.error_message).toBeNull()
})

it('knows the number of pages as soon as the plan arrives', () => {
  const page = { slug: 'a', title: 'A', description: '', type: 'guide', kind: 'overview' }
  const plan = {
    project_name: 'atlas',
    tagline: '',
    repo_type: 'app',
    navigation: [{ group: 'Start', pages: [page, { ...page, slug: 'b' }] }],
  }
  expect(applyFrame([row({})], progress({ plan_json: JSON.stringify(plan) })).rows[0]?.total_pages).toBe(2)
})

it('forgets the plan and the stage of the run before when another run begins', () => {
  const rows = [
    row({ status: 'ready', total_pages: 9, page_count: 9, current_stage: 'up_to_date', last_commit_sha: 'abc' }),
  ]
  expect(applyFrame(rows, progress({ run_id: 'r2', page_count: 0 })).rows[0]).toMatchObject({
    status: 'generating',
    total_pages: null,
    current_stage: null,
    page_count: 0,
    last_commit_sha: 'abc',
  })
})

it('asks for a refetch when it does not know the variant, of whichever owner', () => {
  const rows = [row({})]
  expect(applyFrame(rows, progress({ owner: 'someone-else' }))).toEqual({ rows, refetch: true })
})

it('ends a run with what the status change says', () => {
  const change: StatusChangeFrame = {
    type: 'status_change',
    ...IDENTITY,
    status: 'ready',
    page_count: 9,
    last_generated: '2026-11-22T09:00:00.000Z',
    last_commit_sha: 'abc',
    error_message: null,
    seq: 3,
  }
  const { rows } = applyFrame([row({ error_message: 'old', total_pages: 9 })], change)
  expect(rows[0]).toMatchObject({ status: 'ready', page_count: 9, error_message: null, total_pages: 9 })
})

it('keeps the object of every row that a sync does not change', () => {
  const rows = [row({}), row({ name: 'other' })]
  expect(replaceRows(rows, [row({}), row({ name: 'other' })])).toBe(rows)
  const changed = replaceRows(rows, [row({}), row({ name: 'other', page_count: 5 })])
  expect(changed[0]).toBe(rows[0])
  expect(changed[1]).not.toBe(rows[1])
})

function progress(fields: Partial<ProgressFrame>): ProgressFrame {
  return { type: 'progress', ...IDENTITY, status: 'generating', run_id: 'r1', seq: 2, ...fields }
}

function row(fields: Partial<VariantRow>): VariantRow {
  return {
    name: 'atlas',
    branch: 'main',
    ai_provider: 'builtin',
    ai_model: 'static',
    owner: 'mira',
    generation_id: 'g1',
    repo_url: 'https://example.org/mira/atlas',
    status: 'generating',
    current_stage: 'cloning',
    last_commit_sha: null,
    last_generated: null,
    page_count: 0,
    error_message: null,
    plan_json: null,
    repo_type: null,
    total_cost_usd: null,
    unpriced_calls: 0,
    created_at: '2026-11-22T08:00:00.000Z',
    updated_at: '2026-11-22T08:00:00.000Z',
    total_pages: null,
    run_id: 'r1',
    generation_started_at: null,
    generation_duration: null,
    warnings: [],
    resumable: false,
    ...fields,
  }
}
