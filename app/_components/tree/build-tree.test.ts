import { expect, it } from 'vitest'
import { buildTree, statusParts, type TreeLook, variantCount } from '#app/_components/tree/build-tree.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { makeRow as row } from '#lib/testing/make-row.ts'

const LOOK: TreeLook = { showOwners: false, order: 'name' }

it('groups by repository and branch, alphabetically, with the newest variant first', () => {
  const tree = buildTree(
    [
      row({ name: 'zebra' }),
      row({ name: 'atlas', branch: 'main', ai_model: 'old', created_at: '2026-01-01T00:00:00Z' }),
      row({ name: 'atlas', branch: 'main', ai_model: 'new', created_at: '2026-02-01T00:00:00Z' }),
      row({ name: 'atlas', branch: 'dev' }),
    ],
    LOOK,
  )
  expect(tree.map(({ label }) => label)).toEqual(['atlas', 'zebra'])
  expect(tree[0]?.branches.map(({ branch }) => branch)).toEqual(['dev', 'main'])
  expect(tree[0]?.branches[1]?.variants.map((variant) => variant.row.ai_model)).toEqual(['new', 'old'])
})

it('shows on demand first what changed last', () => {
  const tree = buildTree(
    [
      row({ name: 'atlas', updated_at: '2026-01-01T00:00:00Z' }),
      row({ name: 'zebra', branch: 'main', updated_at: '2026-02-01T00:00:00Z' }),
      row({ name: 'zebra', branch: 'next', generation_started_at: '2026-03-01T00:00:00Z' }),
    ],
    { ...LOOK, order: 'newest' },
  )
  expect(tree.map(({ label }) => label)).toEqual(['zebra', 'atlas'])
  expect(tree[0]?.branches.map(({ branch }) => branch)).toEqual(['next', 'main'])
})

it('keeps repositories of the same name apart by owner, and shows the owner to admins', () => {
  const rows = [row({ owner: 'noor' }), row({ owner: 'mira' })]
  expect(buildTree(rows, { ...LOOK, showOwners: true }).map(({ label }) => label)).toEqual(['mira/atlas', 'noor/atlas'])
  expect(buildTree(rows, LOOK)).toHaveLength(2)
})

it('summarises only the statuses that occur', () => {
  const rows = ['ready', 'ready', 'error'].map((status, index) =>
    row({ status: status as VariantRow['status'], ai_model: `m${index}` }),
  )
  const [node] = buildTree(rows, LOOK)
  if (!node) throw new Error('one repository was given')
  expect([variantCount(node), ...statusParts(node).map(({ text }) => text)].join(' · ')).toBe(
    '3 variants · 2 ready · 1 failed',
  )
})
