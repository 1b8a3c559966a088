import { variantKeyOf } from '#lib/domain/apply-frame.ts'
import { STATUSES, type Status } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

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
  count: number
  byStatus: Record<Status, number>
  branches: BranchNode[]
}

export interface TreeQuery {
  /** Every word must occur somewhere in the variant. */
  search: string
  showOwners: boolean
}

/** Repository → branch → variant: alphabetical, variants newest first. */
export function buildTree(rows: readonly VariantRow[], { search, showOwners }: TreeQuery): RepositoryNode[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = Map.groupBy(
    rows.filter((row) => matches(row, words)),
    (row) => `${row.owner}/${row.name}`,
  )
  return [...groups]
    .map(([id, members]) => repositoryNode(id, members, showOwners))
    .sort((left, right) => compare(left.label, right.label) || compare(left.owner, right.owner))
}

function matches(row: VariantRow, words: string[]): boolean {
  if (words.length === 0) return true
  const { owner, name, branch, ai_provider, ai_model, repo_url, status, generation_id } = row
  const text = [owner, name, `@${branch}`, ai_provider, ai_model, repo_url, status, generation_id]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

function repositoryNode(id: string, rows: VariantRow[], showOwners: boolean): RepositoryNode {
  const { owner = '', name = '' } = rows[0] ?? {}
  const byStatus = Object.fromEntries(
    STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]),
  ) as Record<Status, number>
  const branches = [...Map.groupBy(rows, (row) => row.branch)]
    .map(([branch, members]) => ({ id: `${id}@${branch}`, branch, variants: variantNodes(members) }))
    .sort((left, right) => compare(left.branch, right.branch))
  return { id, label: showOwners ? id : name, owner, count: rows.length, byStatus, branches }
}

function variantNodes(rows: VariantRow[]): VariantNode[] {
  return rows
    .toSorted((left, right) => compare(right.created_at, left.created_at) || compare(left.ai_model, right.ai_model))
    .map((row) => ({ key: variantKeyOf(row), row }))
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, 'en', { sensitivity: 'base', numeric: true })
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
