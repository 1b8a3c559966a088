import { withFilter } from '#app/_components/tree/filter-address.ts'
import type { TreeFilter } from '#app/_components/tree/filter-rows.ts'
import { addFilterStep, filterHere, replaceFilter } from '#app/_state/address.ts'

export type FilterStore = ReturnType<typeof createFilterStore>

/**
 * What the tree shows; outside React, so that the sidebar and the drawer of a phone show the same, and a key typed is
 * seen before the address says it.
 */
export function createFilterStore(initial: TreeFilter) {
  let filter = initial
  const listeners = new Set<() => void>()

  function show(next: TreeFilter): void {
    filter = next
    for (const listener of [...listeners]) listener()
  }

  return {
    read: () => filter,
    /** Every choice is a step that back takes back; of what is typed only the first letter is one. */
    change(fields: Partial<TreeFilter>): void {
      const next = { ...filter, ...fields }
      const isTyping = fields.search !== undefined && filter.search !== '' && next.search !== ''
      show(next)
      if (isTyping) replaceFilter(next)
      else addFilterStep(next)
    },
    /** Back or forward may have led to an address that says something else. */
    followAddress(): void {
      const said = filterHere()
      if (withFilter('/', said) !== withFilter('/', filter)) show(said)
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
