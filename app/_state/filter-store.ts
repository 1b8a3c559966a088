import { NO_FILTER, type TreeFilter } from '#app/_components/tree/filter-rows.ts'

export type FilterStore = ReturnType<typeof createFilterStore>

/** What the tree shows; outside React, so that the sidebar and the drawer of a phone show the same. */
export function createFilterStore() {
  let filter = NO_FILTER
  const listeners = new Set<() => void>()
  return {
    read: () => filter,
    change(fields: Partial<TreeFilter>): void {
      filter = { ...filter, ...fields }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
