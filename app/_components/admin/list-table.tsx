import type { ReactNode } from 'react'

interface Props {
  caption: string
  columns: string[]
  /** Those of the columns that a phone leaves out; their cells say `max-sm:hidden`. */
  wide?: string[]
  children: ReactNode
}

/** A table of an admin screen; where it is still too wide it scrolls by itself, by keyboard too. */
export function ListTable({ caption, columns, wide = [], children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-line border-t text-left">
        <thead>
          <tr className="border-line border-b text-ink-faint text-xs">
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={`whitespace-nowrap py-2 pr-4 font-normal last:pr-0 ${wide.includes(column) ? 'max-sm:hidden' : ''}`}
              >
                {column === 'Actions' ? <span className="sr-only">{column}</span> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr]:border-line [&>tr]:border-b [&_td]:py-2 [&_td]:pr-4 [&_td]:align-middle [&_td:last-child]:pr-0 max-sm:[&_td]:pr-3">
          {children}
        </tbody>
      </table>
    </section>
  )
}

/** The two states of a screen before it has data. */
export function Loading({ problem }: { problem: string | null }) {
  if (problem)
    return (
      <p role="alert" className="rounded-md bg-red-wash px-3 py-2 text-red">
        {problem}
      </p>
    )
  return (
    <div role="status" aria-label="Loading" className="space-y-3">
      <div className="skeleton h-5 w-full" />
      <div className="skeleton h-5 w-4/5" />
      <div className="skeleton h-5 w-full" />
    </div>
  )
}
