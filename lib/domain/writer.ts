import type { AiUsage } from '#lib/domain/ai.ts'
import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import type { FactChange, PageManifest } from '#lib/domain/manifest.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import type { Steering } from '#lib/domain/steering.ts'

export interface PlanRequest {
  facts: Facts
  projectName: string
  /** Given by a person; overrides what the facts suggest. */
  repoType?: RepoType
}

export interface ArrangeRequest {
  facts: Facts
  /** What `plan` made. */
  plan: Plan
  /** What the owner asks for. */
  steering: Steering
  /** What the writer asked to keep in an earlier run; whatever else it is counts for nothing. */
  kept: unknown
  /** Whether a model may be asked, which costs. */
  mayAsk: boolean
  /** Called with what each call of a model used, at once. */
  spent(usage: AiUsage): void
  signal: AbortSignal
}

export interface Arranged {
  plan: Plan
  /** Plain data to keep for the next run; null: nothing. */
  kept: unknown
  /** Sentences for people. */
  notices: string[]
  /** The plan that the writer was to make could not be had: it is asked again, at the same commit too. */
  isStandIn: boolean
  /** What asking needs, told rather too high; nothing when nobody has to be asked. */
  estimate: PageEstimate
}

/** The commit, as far as a writer may look at it. */
export interface Evidence {
  /** Lines of a text file; null for what is none. */
  linesOf(path: string): Promise<string[] | null>
  /** Holds a page against the commit before it is taken. */
  judge(slug: string, markdown: string): Promise<PageVerdict>
}

export interface PageRequest {
  facts: Facts
  plan: Plan
  page: PlanPage
}

/** What there is of a page whose facts changed. */
export interface Revision {
  /** The page as the writer wrote it, its citations where their lines stand now. */
  markdown: string
  changes: FactChange[]
  /** Citations whose lines say something else now: targets as they stand in the page. */
  lost: string[]
}

export interface WriteRequest extends PageRequest {
  evidence: Evidence
  /** Absent: there is nothing to go on from. */
  revision?: Revision
  /** Called with what each call of a model used, at once. */
  spent(usage: AiUsage): void
  signal: AbortSignal
}

export interface Written {
  /** The page, starting with its `# Title`; null when there is none to publish: it leaves the plan. */
  markdown: string | null
  /** Why this is not the writer's own page, but the built-in writer's or none; null when it is its own. */
  standIn: string | null
}

export interface PageEstimate {
  inputTokens: number
  outputTokens: number
  /** Null when the price is not known. */
  costUsd: number | null
  /** The day the price is of; absent where there is none. */
  pricesOf?: string
}

/** Text in, text out: turns facts into a plan and pages. A writer has no tools and touches neither disk nor network itself. */
export interface Writer {
  provider: string
  model: string
  /** Another version writes another text for the same facts. */
  version: string
  /** From facts alone, at no cost. */
  plan(request: PlanRequest): Promise<Plan>
  /** The plan as this writer wants it. */
  arrange(request: ArrangeRequest): Promise<Arranged>
  /** Everything `write` would use for this page. */
  manifest(request: PageRequest): PageManifest
  /** What writing this page will need, told rather too high. */
  estimate(request: PageRequest & { revision?: Revision }): PageEstimate
  write(request: WriteRequest): Promise<Written>
}
