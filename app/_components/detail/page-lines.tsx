'use client'

import { Check } from 'lucide-react'
import { useState } from 'react'
import { formatExact } from '#lib/domain/format-time.ts'
import type { PageLine } from '#lib/domain/run-log.ts'

const SHORT = 12

/** The pages of the plan, like a table of contents that fills up. */
export function PageLines({ pages, running }: { pages: PageLine[]; running: boolean }) {
  const [all, setAll] = useState(false)
  const shown = all ? pages : running ? shortened(pages) : pages.slice(0, SHORT)
  return (
    <>
      <ol aria-label="Pages" className="mt-2 space-y-1">
        {shown.map((page) => (
          <li key={page.slug} className="flex items-baseline gap-2 text-[0.8125rem]" data-page={page.slug}>
            <PageText page={page} running={running} />
          </li>
        ))}
      </ol>
      {pages.length > SHORT && (
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

function PageText({ page, running }: { page: PageLine; running: boolean }) {
  if (page.writtenAt === null)
    return (
      <>
        <span aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="min-w-0 truncate text-ink-faint">{page.title}</span>
        <span className="sr-only">: {running ? 'pending' : 'not written'}</span>
      </>
    )
  return (
    <>
      <Check aria-hidden="true" className="size-3.5 shrink-0 translate-y-0.5 text-green" />
      <span className="min-w-0 truncate text-ink-soft">{page.title}</span>
      <span aria-hidden="true" className="leader" />
      <span className="sr-only">: {page.kept ? 'kept unchanged' : 'written'}</span>
      {page.kept && (
        <span aria-hidden="true" className="shrink-0 text-ink-faint text-xs">
          unchanged
        </span>
      )}
      <time
        dateTime={page.writtenAt}
        title={formatExact(page.writtenAt)}
        suppressHydrationWarning
        className="shrink-0 font-mono text-ink-faint text-xs tabular-nums"
      >
        {new Date(page.writtenAt).toLocaleTimeString(undefined, { timeStyle: 'medium' })}
      </time>
    </>
  )
}
