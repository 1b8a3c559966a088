import { type DataFrame, eventsOf, type ProgressFrame, type StatusChangeFrame } from '#lib/domain/frames.ts'
import { parsePlan, planPages } from '#lib/domain/plan.ts'
import { type VariantRow, variantKey } from '#lib/domain/variant.ts'
import { patchRow, replaceRows, variantKeyOf } from '#lib/domain/variant-list.ts'

export interface AppliedFrame {
  /** Rows that did not change keep their object identity; when none changed, so does the list. */
  rows: readonly VariantRow[]
  /** True when the frame speaks of a variant the list does not hold: fetch the list once. */
  refetch: boolean
}

/** Patches a frame of the live feed into the list. A field the frame does not carry stays as it is. */
export function applyFrame(rows: readonly VariantRow[], frame: DataFrame): AppliedFrame {
  if (frame.type === 'sync') return { rows: replaceRows(rows, frame.projects), refetch: false }
  const key = variantKey(frame)
  const index = rows.findIndex((row) => variantKeyOf(row) === key)
  const row = rows[index]
  if (!row) return { rows, refetch: true }
  const patched = frame.type === 'progress' ? withProgress(row, frame) : withStatus(row, frame)
  return patched === row ? { rows, refetch: false } : { rows: rows.with(index, patched), refetch: false }
}

function withProgress(row: VariantRow, frame: ProgressFrame): VariantRow {
  const plan = frame.plan_json === undefined ? null : parsePlan(frame.plan_json)
  return patchRow(frame.run_id === row.run_id ? row : { ...row, ...BEFORE_ANY_STAGE }, {
    status: frame.status,
    generation_id: frame.generation_id,
    run_id: frame.run_id,
    current_stage: frame.current_stage,
    page_count: frame.page_count,
    plan_json: frame.plan_json,
    total_pages: plan ? planPages(plan).length : undefined,
    error_message: frame.error_message,
    generation_started_at: eventsOf(frame).find(({ seq }) => seq === 1)?.at,
  })
}

/** What belongs to one run and not to the variant: another run has no plan, no stage and no times yet. */
const BEFORE_ANY_STAGE = {
  current_stage: null,
  plan_json: null,
  total_pages: null,
  generation_started_at: null,
  generation_duration: null,
  warnings: [] as string[],
}

function withStatus(row: VariantRow, frame: StatusChangeFrame): VariantRow {
  return patchRow(row, {
    status: frame.status,
    generation_id: frame.generation_id,
    current_stage: frame.current_stage,
    page_count: frame.page_count,
    last_generated: frame.last_generated,
    last_commit_sha: frame.last_commit_sha,
    error_message: frame.error_message,
  })
}
