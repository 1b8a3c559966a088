import { NO_FILTER, TREE_ORDERS, type TreeFilter } from '#app/_components/tree/filter-rows.ts'
import { STATUSES } from '#lib/domain/stages.ts'

/** The query parameters that say what the list shows; `owner` already names whose variant or project an address means. */
const NAMES = { search: 'q', status: 'status', provider: 'provider', owner: 'owned_by', order: 'order' } as const

/** Longer texts find nothing and only make addresses that servers refuse. */
const LONGEST = 200

/** What an address narrows the list to; what it says wrongly is left out. */
export function filterIn(query: URLSearchParams): TreeFilter {
  const text = (name: string) => query.get(name)?.slice(0, LONGEST) || null
  const status = text(NAMES.status)
  const order = text(NAMES.order)
  return {
    search: text(NAMES.search) ?? '',
    status: STATUSES.find((known) => known === status) ?? null,
    provider: text(NAMES.provider),
    owner: text(NAMES.owner),
    order: TREE_ORDERS.find((known) => known === order) ?? NO_FILTER.order,
  }
}

/** A path of this site, with its query, that also says what the list shows. */
export function withFilter(href: string, filter: TreeFilter): string {
  const [path = '', search = ''] = href.split('?')
  const query = new URLSearchParams(search)
  for (const [field, name] of Object.entries(NAMES) as [keyof TreeFilter, string][]) {
    const value = filter[field]
    if (value === null || value === NO_FILTER[field]) query.delete(name)
    else query.set(name, value.slice(0, LONGEST))
  }
  return query.size > 0 ? `${path}?${query}` : path
}
