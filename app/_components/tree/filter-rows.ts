import { STATUSES } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

/** What the tree is narrowed to; null lets everything through. */
export interface TreeFilter {
  /** Every word must occur somewhere in the variant. */
  search: string
  status: string | null
  provider: string | null
  owner: string | null
  order: TreeOrder
}

/** By name, or what changed last first. */
export const TREE_ORDERS = ['name', 'newest'] as const
export type TreeOrder = (typeof TREE_ORDERS)[number]

export const NO_FILTER: TreeFilter = { search: '', status: null, provider: null, owner: null, order: 'name' }

const FACETS = ['status', 'provider', 'owner'] as const
export type Facet = (typeof FACETS)[number]

export interface FacetValue {
  value: string
  /** How many variants would be shown if this value were chosen. */
  count: number
}

export function isFiltering(filter: TreeFilter): boolean {
  return filter.search.trim() !== '' || FACETS.some((facet) => filter[facet] !== null)
}

export function filterRows(rows: readonly VariantRow[], filter: TreeFilter): readonly VariantRow[] {
  return isFiltering(filter) ? rows.filter(matcher(filter)) : rows
}

/** The values of a facet with their counts under the other parts of the filter; values without any row stay, with 0, and so does the chosen one. */
export function facetValues(rows: readonly VariantRow[], filter: TreeFilter, facet: Facet): FacetValue[] {
  const matches = matcher({ ...filter, [facet]: null })
  const counts = new Map<string, number>(filter[facet] === null ? [] : [[filter[facet], 0]])
  for (const row of rows) {
    const value = facetOf(row, facet)
    counts.set(value, (counts.get(value) ?? 0) + (matches(row) ? 1 : 0))
  }
  const order: readonly string[] = facet === 'status' ? STATUSES : [...counts.keys()].sort()
  return order.flatMap((value) => (counts.has(value) ? [{ value, count: counts.get(value) ?? 0 }] : []))
}

function matcher(filter: TreeFilter): (row: VariantRow) => boolean {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return (row) =>
    FACETS.every((facet) => filter[facet] === null || filter[facet] === facetOf(row, facet)) &&
    (words.length === 0 || hasWords(row, words))
}

/** Whether every word, in lower case, occurs somewhere in the variant. */
export function hasWords(row: VariantRow, words: readonly string[]): boolean {
  const { owner, name, branch, ai_provider, ai_model, repo_url, status, generation_id } = row
  const text = [`${owner}/${name}`, `@${branch}`, `${ai_provider}/${ai_model}`, repo_url, status, generation_id]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

function facetOf(row: VariantRow, facet: Facet): string {
  return facet === 'provider' ? row.ai_provider : row[facet]
}
