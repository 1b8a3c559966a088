'use client'

import { useState } from 'react'
import {
  costOfUpdate,
  neededText,
  type PageUpdate,
  type PlanUpdate,
  reasonLines,
  toldPages,
  updateSummary,
} from '#lib/domain/plan-update.ts'

const SHORT = 6
const WORDS: Record<PageUpdate['action'], string> = {
  added: 'New page',
  rewritten: 'Written again',
  moved: 'Moved',
  removed: 'Removed',
}

/** What a run said before it wrote: which pages change and why. */
export function PlannedChanges({ update }: { update: PlanUpdate }) {
  const [all, setAll] = useState(false)
  const pages = toldPages(update)
  const tokens = update.input_tokens + update.output_tokens
  const shown = all ? pages : pages.slice(0, SHORT)
  return (
    <section aria-label="What this run changes" className="mt-1 text-[0.8125rem]">
      <p className="break-words text-ink-soft">{updateSummary(update)}</p>
      {shown.length > 0 && (
        <ul className="mt-1.5 space-y-1.5">
          {shown.map((page) => (
            <li key={page.slug} className="break-words">
              <span className="text-ink-faint text-xs">{WORDS[page.action]}</span> {page.title}
              {page.needs && <span className="block text-ink-soft text-xs tabular-nums">{neededText(page.needs)}</span>}
              {reasonLines(page).length > 0 && (
                <ul className="mt-0.5 space-y-0.5 border-line border-l pl-2.5 font-mono text-ink-soft text-xs">
                  {reasonLines(page).map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
      {pages.length > SHORT && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1.5 rounded py-1 text-accent text-xs underline-offset-2 hover:underline"
        >
          {all ? 'Show fewer changes' : `Show all ${pages.length} changes`}
        </button>
      )}
      {tokens > 0 && <p className="mt-1 text-ink-soft text-xs tabular-nums">The model needs {costOfUpdate(update)}</p>}
    </section>
  )
}
