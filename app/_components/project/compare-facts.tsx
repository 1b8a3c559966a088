'use client'

import type { ReactNode } from 'react'
import { StatusBadge } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { formatDuration } from '#lib/domain/format-time.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Fact {
  name: string
  show: (row: VariantRow) => ReactNode
  /** What is compared. */
  value: (row: VariantRow) => string | number | null
}

const FACTS: Fact[] = [
  { name: 'Status', show: (row) => <StatusBadge status={row.status} />, value: (row) => row.status },
  { name: 'Branch', show: (row) => row.branch, value: (row) => row.branch },
  {
    name: 'Writer',
    show: (row) => `${row.ai_provider}/${row.ai_model}`,
    value: (row) => `${row.ai_provider}/${row.ai_model}`,
  },
  {
    name: 'Commit',
    show: (row) => row.last_commit_sha?.slice(0, 12) ?? 'none yet',
    value: (row) => row.last_commit_sha,
  },
  { name: 'Repository type', show: (row) => row.repo_type ?? 'not known yet', value: (row) => row.repo_type },
  { name: 'Pages', show: (row) => row.page_count, value: (row) => row.page_count },
  {
    name: 'Last generated',
    show: (row) => (row.last_generated ? <TimeAgo iso={row.last_generated} /> : 'never'),
    value: (row) => row.last_generated,
  },
  {
    name: 'Duration',
    show: (row) => (row.generation_duration === null ? 'unknown' : formatDuration(row.generation_duration * 1_000)),
    value: (row) => row.generation_duration,
  },
  {
    name: 'Cost',
    show: (row) => (row.total_cost_usd ? `$${row.total_cost_usd.toFixed(4)}` : 'none'),
    value: (row) => row.total_cost_usd,
  },
]

/** The facts of two variants in a table; what differs is marked and said. */
export function CompareFacts({ left, right }: { left: VariantRow; right: VariantRow }) {
  return (
    <table className="w-full table-fixed border-line border-t text-left">
      <caption className="sr-only">Facts of both variants</caption>
      <colgroup>
        <col className="w-28 sm:w-40" />
        <col />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Fact</th>
          <th scope="col">Left</th>
          <th scope="col">Right</th>
        </tr>
      </thead>
      <tbody>
        {FACTS.map(({ name, show, value }) => {
          const differs = value(left) !== value(right)
          const look = `break-words py-2 pr-3 align-top ${differs ? 'font-medium text-ink' : 'text-ink-soft'}`
          return (
            <tr key={name} className="border-line border-b">
              <th scope="row" className="py-2 pr-3 align-top font-normal text-ink-faint text-xs">
                {name}
                {differs && <span className="block text-amber">differs</span>}
              </th>
              <td className={look}>{show(left)}</td>
              <td className={look}>{show(right)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
