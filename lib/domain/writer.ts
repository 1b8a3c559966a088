import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
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

/** Text in, text out: turns facts into a plan and pages. A writer has no tools and touches neither disk nor network itself. */
export interface Writer {
  provider: string
  model: string
  plan(request: PlanRequest): Promise<Plan>
  /** SHA-256 hex over everything `write` would use for this page: the same fingerprint means the same page stands. */
  fingerprint(request: Omit<WriteRequest, 'signal'>): string
  /** Markdown of the page, starting with its `# Title`. */
  write(request: WriteRequest): Promise<string>
}
