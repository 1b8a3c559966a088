import type { VariantRow } from '#lib/domain/variant.ts'

/** A row as the server sends it, with changes. */
export function makeRow(fields: Partial<VariantRow>): VariantRow {
  return {
    name: 'atlas',
    branch: 'main',
    ai_provider: 'builtin',
    ai_model: 'static',
    owner: 'mira',
    generation_id: 'g1',
    repo_url: 'https://example.org/x',
    status: 'ready',
    current_stage: null,
    last_commit_sha: null,
    last_generated: null,
    page_count: 0,
    error_message: null,
    plan_json: null,
    repo_type: null,
    total_cost_usd: null,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    total_pages: null,
    run_id: null,
    generation_started_at: null,
    generation_duration: null,
    warnings: [],
    resumable: false,
    unpriced_calls: 0,
    ...fields,
  }
}
