import type { PageType } from '#lib/domain/kinds.ts'

/** Who wrote a page, from which commit, in which run. Kept with the page for as long as its text stands. */
export interface PageProvenance {
  provider: string
  model: string
  runId: string
  commit: string
  /** Why this is the built-in page in place of the one of the variant's writer; absent: it is not. */
  standIn?: string
}

export interface WrittenPage {
  slug: string
  title: string
  description: string
  type: PageType
  markdown: string
  provenance: PageProvenance
}

export const CHECK_KINDS = ['link', 'citation', 'path', 'identifier'] as const
export type CheckKind = (typeof CHECK_KINDS)[number]

/** A claim of a page that the repository at the commit does not bear out. */
export interface Miss {
  kind: CheckKind
  /** Line of the Markdown, 1-based. */
  line: number
  claim: string
  /** What the repository says instead. */
  found: string
}

/** A claim that did not hold and says something else now. */
export interface Repair {
  line: number
  claim: string
  now: string
}

export interface PageCheck {
  slug: string
  counts: Record<CheckKind, { total: number; ok: number }>
  /** What is left: taken out of the page, or marked in it. */
  misses: Miss[]
  /** What a rule mended. */
  repairs?: Repair[]
}
