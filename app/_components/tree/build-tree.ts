import { STATUSES, type Status } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

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

/** Repository → branch → variant: alphabetical, variants newest first. Admins see whose a repository is. */
export function buildTree(rows: readonly VariantRow[], showOwners: boolean): RepositoryNode[] {
  const groups = Map.groupBy(rows, (row) => `${row.owner}/${row.name}`)
  return [...groups]
    .map(([id, members]) => repositoryNode(id, members, showOwners))
    .sort((left, right) => compare(left.label, right.label) || compare(left.owner, right.owner))
}

function repositoryNode(id: string, rows: VariantRow[], showOwners: boolean): RepositoryNode {
  const { owner = '', name = '' } = rows[0] ?? {}
  const byStatus = Object.fromEntries(
    STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]),
  ) as Record<Status, number>
  const branches = [...Map.groupBy(rows, (row) => row.branch)]
    .map(([branch, members]) => ({ id: `${id}@${branch}`, branch, variants: variantNodes(members) }))
    .sort((left, right) => compare(left.branch, right.branch))
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
