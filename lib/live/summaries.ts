import type { summaryOf } from '#lib/services/variants/list.ts'

/** What a list says besides its rows. */
export type Summary = ReturnType<typeof summaryOf>

/** What a list of several projects says, from what is known of each. */
export function mergeSummaries(summaries: Summary[]): Summary {
  return {
    known_models: mergeNames(summaries.map((summary) => summary.known_models)),
    known_branches: mergeNames(summaries.map((summary) => summary.known_branches)),
    total_cost_usd: summaries.reduce((sum, summary) => sum + summary.total_cost_usd, 0),
    unpriced_calls: summaries.reduce((sum, summary) => sum + summary.unpriced_calls, 0),
  }
}

function mergeNames(groups: Record<string, string[]>[]): Record<string, string[]> {
  const merged = new Map<string, string[]>()
  for (const group of groups)
    for (const [key, names] of Object.entries(group)) {
      const known = merged.get(key)
      if (!known) merged.set(key, names)
      else if (!names.every((name) => known.includes(name))) merged.set(key, [...new Set([...known, ...names])].sort())
    }
  return Object.fromEntries(merged)
}
