import { forgeOf, type Pointer, pointerOf } from '#lib/score/citation-forms.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type Block, type DocPage, type Inline, inlinesOf } from '#lib/score/pages/page.ts'
import type { Target } from '#lib/score/pages/read-target.ts'

/** A citation with the place it stands at. */
export interface Citation extends Pointer {
  page: DocPage
  block: Block
  inline: Inline
}

/** Everything a measure may look at. */
export interface Context {
  target: Target
  /** Pages that make claims. */
  pages: DocPage[]
  citations: Citation[]
  byInline: Map<Inline, Citation>
  ground: Ground
  signal: AbortSignal
}

/** Finds every citation of every page once, for all measures. */
export function contextOf(target: Target, ground: Ground, signal: AbortSignal): Context {
  const pages = target.pages.filter(({ isNavigation }) => !isNavigation)
  const all = pages.flatMap(({ blocks }) => blocks.flatMap(inlinesOf))
  const hasPath = (path: string) => ground.text.hasPath(path)
  const repository = { hasPath, forge: forgeOf(all, hasPath) }
  const citations = pages.flatMap((page) =>
    page.blocks.flatMap((block) =>
      inlinesOf(block).flatMap((inline): Citation[] => {
        const pointer = pointerOf(inline, repository)
        return pointer ? [{ ...pointer, page, block, inline }] : []
      }),
    ),
  )
  return { target, pages, citations, byInline: new Map(citations.map((each) => [each.inline, each])), ground, signal }
}
