import { expect, it } from 'vitest'
import { buildTree, statusParts, variantCount } from '#app/_components/tree/build-tree.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

const ALL = { search: '', showOwners: false }

it('groups by repository and branch, alphabetically, with the newest variant first', () => {
  const tree = buildTree(
    [
      row({ name: 'zebra' }),
      row({ name: 'atlas', branch: 'main', ai_model: 'old', created_at: '2026-01-01T00:00:00Z' }),
      row({ name: 'atlas', branch: 'main', ai_model: 'new', created_at: '2026-02-01T00:00:00Z' }),
      row({ name: 'atlas', branch: 'dev' }),
    ],
    ALL,
  )
  expect(tree.map(({ label }) => label)).toEqual(['atlas', 'zebra'])
  expect(tree[0]?.branches.map(({ branch }) => branch)).toEqual(['dev', 'main'])
  expect(tree[0]?.branches[1]?.variants.map((variant) => variant.row.ai_model)).toEqual(['new', 'old'])
})

it('keeps repositories of the same name apart by owner, and shows the owner to admins', () => {
  const rows = [row({ owner: 'noor' }), row({ owner: 'mira' })]
  expect(buildTree(rows, { ...ALL, showOwners: true }).map(({ label }) => label)).toEqual(['mira/atlas', 'noor/atlas'])
  expect(buildTree(rows, ALL)).toHaveLength(2)
})

it('summarises only the statuses that occur', () => {
  const rows = ['ready', 'ready', 'error'].map((status, index) =>
    row({ status: status as VariantRow['status'], ai_model: `m${index}` }),
  )
  const [node] = buildTree(rows, ALL)
  if (!node) throw new Error('one repository was given')
  expect([variantCount(node), ...statusParts(node).map(({ text }) => text)].join(' · ')).toBe(
    '3 variants · 2 ready · 1 failed',
  )
})

it('finds variants by any of their words', () => {
  const rows = [row({ name: 'atlas', branch: 'dev' }), row({ name: 'other', branch: 'main' })]
  expect(buildTree(rows, { ...ALL, search: 'ATL @dev' }).map(({ label }) => label)).toEqual(['atlas'])
  expect(buildTree(rows, { ...ALL, search: 'atlas main' })).toEqual([])
})

function row(fields: Partial<VariantRow>): VariantRow {
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
    ...fields,
  }
}
