import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import type { PageManifest } from '#lib/domain/manifest.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'

export interface PlanRequest {
  facts: Facts
  projectName: string
  /** Given by a person; overrides what the facts suggest. */
  repoType?: RepoType
}

export interface WriteRequest {
  facts: Facts
  plan: Plan
  page: PlanPage
  signal: AbortSignal
}

export interface PageEstimate {
  inputTokens: number
  outputTokens: number
  costUsd: number
}

/** Text in, text out: turns facts into a plan and pages. A writer has no tools and touches neither disk nor network itself. */
export interface Writer {
  provider: string
  model: string
  /** Another version writes another text for the same facts. */
  version: string
  plan(request: PlanRequest): Promise<Plan>
  /** Everything `write` would use for this page. */
  manifest(request: Omit<WriteRequest, 'signal'>): PageManifest
  /** What writing this page will need at most. */
  estimate(request: Omit<WriteRequest, 'signal'>): PageEstimate
  /** Markdown of the page, starting with its `# Title`. */
  write(request: WriteRequest): Promise<string>
}
