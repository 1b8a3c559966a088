'use client'

import { ArrowLeft } from 'lucide-react'
import { INPUT_LOOK } from '#app/_components/generate/field.tsx'
import { CompareFacts } from '#app/_components/project/compare-facts.tsx'
import { comparePages } from '#app/_components/project/compare-pages.ts'
import { PairedPages } from '#app/_components/project/paired-pages.tsx'
import { useFullRow } from '#app/_components/project/use-full-row.ts'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { Problem } from '#app/_components/ui/problem.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { goTo } from '#app/_state/address.ts'
import { projectHref } from '#lib/domain/deep-link.ts'
import { parsePlan } from '#lib/domain/plan.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

interface Props {
  left: VariantRow
  right: VariantRow
  /** All variants of the project, to choose others from. */
  rows: VariantRow[]
}

/** Two variants of a project side by side: their facts, and the pages of both. */
export function ComparePanel(known: Props) {
  const left = useRow(variantKeyOf(known.left)) ?? known.left
  const right = useRow(variantKeyOf(known.right)) ?? known.right
  const leftFull = useFullRow(left)
  const rightFull = useFullRow(right)
  const isLoading = !(leftFull.full || leftFull.problem) || !(rightFull.full || rightFull.problem)
  const pairs = comparePages(
    parsePlan(leftFull.full?.plan_json ?? left.plan_json),
    parsePlan(rightFull.full?.plan_json ?? right.plan_json),
  )
  return (
    <article aria-labelledby="compare-heading" className="mx-auto max-w-5xl px-4 py-6 md:px-8 md:py-8">
      <PlaceLink
        href={projectHref(left)}
        className="inline-flex items-center gap-1.5 text-accent text-xs hover:underline"
      >
        <ArrowLeft aria-hidden="true" className="size-3.5" />
        All variants of {left.name}
      </PlaceLink>
      <h1 id="compare-heading" className="mt-2 mb-4 break-words font-semibold text-xl tracking-tight">
        {left.name}, side by side
      </h1>
      <div className="mb-6 grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <Choice label="Left" shown={left} other={right} rows={known.rows} toIds={(id) => [id, right.generation_id]} />
        <Choice label="Right" shown={right} other={left} rows={known.rows} toIds={(id) => [left.generation_id, id]} />
      </div>
      <CompareFacts left={left} right={right} />
      <h2 className="mt-8 mb-2 font-semibold text-[0.9375rem]">Pages</h2>
      <Problem text={leftFull.problem ?? rightFull.problem} />
      {isLoading ? <div className="skeleton h-24" /> : <PairedPages pairs={pairs} left={left} right={right} />}
    </article>
  )
}

interface ChoiceProps {
  label: string
  shown: VariantRow
  /** Cannot be chosen: it stands on the other side. */
  other: VariantRow
  rows: VariantRow[]
  toIds: (id: string) => [string, string]
}

function Choice({ label, shown, other, rows, toIds }: ChoiceProps) {
  return (
    <select
      aria-label={`${label} variant`}
      value={shown.generation_id}
      onChange={(event) => goTo(projectHref(shown, toIds(event.target.value)))}
      className={`${INPUT_LOOK} min-w-0 font-mono text-xs`}
    >
      {rows
        .filter((row) => row.generation_id !== other.generation_id)
        .map((row) => (
          <option key={row.generation_id} value={row.generation_id}>
            @{row.branch} {row.ai_provider}/{row.ai_model}
          </option>
        ))}
    </select>
  )
}
