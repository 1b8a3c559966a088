'use client'

import {
  type Facet,
  facetValues,
  isFiltering,
  NO_FILTER,
  TREE_ORDERS,
  type TreeOrder,
} from '#app/_components/tree/filter-rows.ts'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { useFilter } from '#app/_hooks/use-filter.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { STATUS_LABELS, type Status } from '#lib/domain/stages.ts'

const SELECTS: { facet: Facet; all: string; label: string }[] = [
  { facet: 'provider', all: 'All providers', label: 'Provider' },
  { facet: 'owner', all: 'All owners', label: 'Owner' },
]

const ORDER_LABELS: Record<TreeOrder, string> = { name: 'By name', newest: 'Newest first' }

/** Narrows the tree by status, provider and owner, with how many variants each choice would show, and orders it. */
export function TreeFilters() {
  const [filter] = useFilter()
  const rows = useShape()
  const offered = SELECTS.flatMap(({ facet, ...texts }) => {
    const values = facetValues(rows, filter, facet)
    return values.length > 1 || filter[facet] !== null ? [{ facet, values, ...texts }] : []
  })
  return (
    <>
      <StatusFilter />
      {(offered.length > 0 || rows.length > 1) && (
        <div className="flex gap-2">
          {offered.map((offer) => (
            <FacetSelect key={offer.facet} {...offer} />
          ))}
          {rows.length > 1 && <OrderSelect />}
        </div>
      )}
    </>
  )
}

/** Shown when there is something to tell apart. */
function StatusFilter() {
  const [filter, change] = useFilter()
  const values = facetValues(useShape(), filter, 'status')
  if (values.length < 2 && !isFiltering(filter)) return null
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Show only variants that are</legend>
      {values.map(({ value, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={filter.status === value}
          onClick={() => change({ status: filter.status === value ? null : value })}
          className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-2 text-ink-soft text-xs tabular-nums hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-ink"
        >
          <StatusDot status={value as Status} />
          {STATUS_LABELS[value as Status]} {count}
        </button>
      ))}
      {isFiltering(filter) && (
        <button
          type="button"
          onClick={() => change({ ...NO_FILTER, order: filter.order })}
          className="ml-auto h-7 rounded px-1.5 text-accent text-xs underline-offset-2 hover:underline"
        >
          Show all
        </button>
      )}
    </fieldset>
  )
}

const SELECT_LOOK =
  'h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-1.5 text-ink-soft text-xs pointer-coarse:text-base'

function OrderSelect() {
  const [filter, change] = useFilter()
  return (
    <select
      aria-label="Order"
      value={filter.order}
      onChange={(event) => change({ order: event.target.value as TreeOrder })}
      className={SELECT_LOOK}
    >
      {TREE_ORDERS.map((order) => (
        <option key={order} value={order}>
          {ORDER_LABELS[order]}
        </option>
      ))}
    </select>
  )
}

interface FacetSelectProps {
  facet: Facet
  all: string
  label: string
  values: { value: string; count: number }[]
}

function FacetSelect({ facet, all, label, values }: FacetSelectProps) {
  const [filter, change] = useFilter()
  return (
    <select
      aria-label={label}
      value={filter[facet] ?? ''}
      onChange={(event) => change({ [facet]: event.target.value || null })}
      className={SELECT_LOOK}
    >
      <option value="">{all}</option>
      {values.map(({ value, count }) => (
        <option key={value} value={value}>
          {value} ({count})
        </option>
      ))}
    </select>
  )
}
