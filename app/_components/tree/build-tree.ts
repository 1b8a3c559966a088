import type { TreeOrder } from '#app/_components/tree/filter-rows.ts'
import { STATUSES, type Status } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { lastChange, variantKeyOf } from '#lib/domain/variant-list.ts'

export interface VariantNode {
  key: string
  row: VariantRow
}

export interface BranchNode {
  id: string
  branch: string
  variants: VariantNode[]
}

export interface RepositoryNode {
  id: string
  /** `name`; for admins `owner/name`. */
  label: string
  owner: string
  name: string
  count: number
  byStatus: Record<Status, number>
  branches: BranchNode[]
}

export interface TreeLook {
  /** Admins see whose a repository is. */
  showOwners: boolean
  order: TreeOrder
}

/** Repository → branch → variant, variants newest first; repositories and branches by name or by their newest variant. */
export function buildTree(rows: readonly VariantRow[], { showOwners, order }: TreeLook): RepositoryNode[] {
  const sorted = order === 'newest' ? rows.toSorted(newestFirst) : rows
  const nodes = [...Map.groupBy(sorted, (row) => `${row.owner}/${row.name}`)].map(([id, members]) =>
    repositoryNode(id, members, showOwners),
  )
  if (order === 'newest') return nodes
  for (const { branches } of nodes) branches.sort((left, right) => compare(left.branch, right.branch))
  return nodes.sort((left, right) => compare(left.label, right.label) || compare(left.owner, right.owner))
}

function newestFirst(left: VariantRow, right: VariantRow): number {
  const [leftTime, rightTime] = [lastChange(left), lastChange(right)]
  return leftTime === rightTime ? 0 : leftTime < rightTime ? 1 : -1
}

function repositoryNode(id: string, rows: VariantRow[], showOwners: boolean): RepositoryNode {
  const { owner = '', name = '' } = rows[0] ?? {}
  const byStatus = Object.fromEntries(
    STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]),
  ) as Record<Status, number>
  const branches = [...Map.groupBy(rows, (row) => row.branch)].map(([branch, members]) => ({
    id: `${id}@${branch}`,
    branch,
    variants: variantNodes(members),
  }))
  return { id, label: showOwners ? id : name, owner, name, count: rows.length, byStatus, branches }
}

function variantNodes(rows: VariantRow[]): VariantNode[] {
  return rows
    .toSorted((left, right) => compare(right.created_at, left.created_at) || compare(left.ai_model, right.ai_model))
    .map((row) => ({ key: variantKeyOf(row), row }))
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

function compare(left: string, right: string): number {
  return collator.compare(left, right)
}

const PART_WORDS: Record<Status, string> = {
  ready: 'ready',
  generating: 'generating',
  error: 'failed',
  aborted: 'aborted',
}

/** The parts of "N variants · a ready · b generating · c failed · d aborted" after the first; only those above zero. */
export function statusParts(node: RepositoryNode): { status: Status; text: string }[] {
  return (Object.keys(PART_WORDS) as Status[])
    .filter((status) => node.byStatus[status] > 0)
    .map((status) => ({ status, text: `${node.byStatus[status]} ${PART_WORDS[status]}` }))
}

export function variantCount(node: RepositoryNode): string {
  return node.count === 1 ? '1 variant' : `${node.count} variants`
}
