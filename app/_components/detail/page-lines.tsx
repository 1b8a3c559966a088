'use client'

import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { docsHref, variantHref } from '#lib/domain/deep-link.ts'
import { formatExact } from '#lib/domain/format-time.ts'
import type { PageLine } from '#lib/domain/run-log.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

const SHORT = 12

interface Props {
  row: VariantRow
  pages: PageLine[]
  running: boolean
  /** No more pages are written: while the run goes on, what happens now matters more. */
  over: boolean
  /** The earlier run the address names; null for the latest. */
  runId: string | null
  /** Slug of the page the address names; it is shown and marked. */
  pointed: string | null
}

/** The pages of the plan, like a table of contents that fills up. Pages of a finished site lead there. */
export function PageLines({ row, pages, running, over, runId, pointed }: Props) {
  const isBeyond = pages.findIndex(({ slug }) => slug === pointed) >= SHORT
  const [all, setAll] = useState(isBeyond)
  const isFolded = running && over
  const shown = all ? pages : isFolded ? [] : running ? shortened(pages) : pages.slice(0, SHORT)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (pointed) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [pointed])
  return (
    <>
      <ol ref={list} aria-label="Pages" className="mt-2 space-y-1">
        {shown.map((page) => (
          <li
            key={page.slug}
            data-page={page.slug}
            aria-current={page.slug === pointed ? 'true' : undefined}
            className="flex items-baseline gap-2 text-[0.8125rem] aria-[current]:rounded aria-[current]:bg-accent-wash"
          >
            <PageText
              page={page}
              running={running}
              permalink={variantHref(identityOf(row), { run: runId, page: page.slug })}
            >
              <PageTitle row={row} page={page} />
            </PageText>
          </li>
        ))}
      </ol>
      {(pages.length > SHORT || isFolded) && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1.5 rounded py-1 text-accent text-xs underline-offset-2 hover:underline"
        >
          {all ? 'Show fewer pages' : `Show all ${pages.length} pages`}
        </button>
      )}
    </>
  )
}

/** The stretch of the list where something happens: it follows the last page written. */
function shortened(pages: PageLine[]): PageLine[] {
  const last = pages.findLastIndex((page) => page.writtenAt !== null)
  const start = Math.max(0, Math.min(last - SHORT + 4, pages.length - SHORT))
  return pages.slice(start, start + SHORT)
}

function PageTitle({ row, page }: { row: VariantRow; page: PageLine }) {
  const { viewer } = useDashboard()
  if (row.status !== 'ready') return page.title
  return (
    <a
      href={docsHref(identityOf(row), viewer.username, page.slug)}
      className="decoration-line-strong underline-offset-2 hover:underline"
    >
      {page.title}
    </a>
  )
}

interface PageTextProps {
  page: PageLine
  running: boolean
  /** Leads to this very line. */
  permalink: string
  /** The title. */
  children: ReactNode
}

function PageText({ page, running, permalink, children }: PageTextProps) {
  if (page.writtenAt === null)
    return (
      <>
        <span aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="min-w-0 truncate text-ink-faint max-sm:whitespace-normal">{page.title}</span>
        <span className="sr-only">: {running ? 'pending' : 'not written'}</span>
      </>
    )
  return (
    <>
      <Check aria-hidden="true" className="size-3.5 shrink-0 translate-y-0.5 text-green" />
      <span className="min-w-0 truncate text-ink-soft max-sm:whitespace-normal">{children}</span>
      <span aria-hidden="true" className="leader" />
      <span className="sr-only">: {page.kept ? 'kept unchanged' : 'written'}</span>
      {page.kept && (
        <span aria-hidden="true" className="shrink-0 text-ink-faint text-xs">
          unchanged
        </span>
      )}
      <PlaceLink
        href={permalink}
        title={`Written ${formatExact(page.writtenAt)}. Leads to this line.`}
        suppressHydrationWarning
        className="shrink-0 font-mono text-ink-faint text-xs tabular-nums hover:underline"
      >
        <time dateTime={page.writtenAt} suppressHydrationWarning>
          {new Date(page.writtenAt).toLocaleTimeString(undefined, { timeStyle: 'medium' })}
        </time>
      </PlaceLink>
    </>
  )
}
