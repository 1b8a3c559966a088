'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/_components/ui/button.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { detailOf } from '#lib/api-client.ts'
import { usdText } from '#lib/domain/cost-text.ts'
import type { EstimateResponse } from '#lib/domain/estimate-answer.ts'
import { costOfUpdate, neededText, type PageUpdate, reasonLines, updateSummary } from '#lib/domain/plan-update.ts'
import type { GenerateBody } from '#lib/domain/requests.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'

interface Props {
  /** What would be generated; null while the form is not complete. */
  request: GenerateBody | null
}

type State =
  | { kind: 'none' | 'asking' }
  | { kind: 'there'; answer: EstimateResponse }
  | { kind: 'failed'; problem: string }

/** What a generation would write and cost, before it is started. Forgets its answer when the form says something else. */
export function EstimateSection({ request }: Props) {
  const { api } = useDashboard()
  const [state, setState] = useState<State>({ kind: 'none' })
  const asking = useRef<AbortController | null>(null)
  const asked = JSON.stringify(request)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another request makes the answer void
  useEffect(() => {
    setState({ kind: 'none' })
    return () => asking.current?.abort()
  }, [asked])

  const told = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.kind === 'there' || state.kind === 'failed') told.current?.scrollIntoView({ block: 'nearest' })
  }, [state.kind])

  async function ask() {
    if (!request) return
    const controller = new AbortController()
    asking.current = controller
    setState({ kind: 'asking' })
    try {
      const answer = await api.estimate(request, controller.signal)
      if (!controller.signal.aborted) setState({ kind: 'there', answer })
    } catch (error) {
      if (!controller.signal.aborted) setState({ kind: 'failed', problem: detailOf(error) })
    }
  }

  return (
    <section aria-label="Estimate" className="rounded-md border border-line px-3 py-2.5 text-[0.8125rem]">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft">What it would write and cost</p>
        <Button onClick={ask} disabled={request === null || state.kind === 'asking'}>
          {state.kind === 'asking' ? 'Reading the repository…' : 'Estimate'}
        </Button>
      </div>
      {/* The buttons of the form stay at its bottom, above whatever is there. */}
      <div ref={told} aria-live="polite" className="scroll-mb-20">
        {state.kind === 'failed' && <Problem text={state.problem} />}
        {state.kind === 'there' && <Answer {...state.answer} />}
      </div>
    </section>
  )
}

function Answer({ up_to_date, total_pages, update, budget_left_usd: left }: EstimateResponse) {
  if (up_to_date || !update) return <p className="mt-2">{UP_TO_DATE_MESSAGE} Nothing would be written or spent.</p>
  const written = update.pages.filter(({ action, needs }) => action !== 'removed' && (needs || action !== 'moved'))
  const isOver = left !== null && update.cost_usd !== null && update.cost_usd > left
  return (
    <>
      <p className="mt-2 font-medium tabular-nums">Needs {costOfUpdate(update)}</p>
      <p className="text-ink-soft">
        {written.length} of {total_pages} pages. {updateSummary(update)}
      </p>
      {isOver && (
        <p className="mt-1 text-amber">
          The budget has {usdText(left)} left. Runs usually need much less than the most they may; when the budget is
          reached, built-in pages stand in.
        </p>
      )}
      <details className="mt-1.5">
        <summary className="cursor-pointer py-1 text-accent text-xs">Page by page</summary>
        <ul className="mt-1 max-h-56 space-y-1.5 overflow-y-auto">
          {written.map((page) => (
            <PageLine key={page.slug} page={page} />
          ))}
        </ul>
      </details>
    </>
  )
}

function PageLine({ page }: { page: PageUpdate }) {
  const needs = page.needs ? neededText(page.needs) : null
  return (
    <li className="break-words">
      {page.title}
      {needs && <span className="block text-ink-soft text-xs tabular-nums">{needs}</span>}
      {reasonLines(page).map((line) => (
        <span key={line} className="block font-mono text-ink-faint text-xs">
          {line}
        </span>
      ))}
    </li>
  )
}
