import type { RunEvent } from '#lib/domain/run-events.ts'

/** What the campaign asks of the process that runs generations: a run of the repository at `url`. */
export interface Order {
  kind: 'start'
  url: string
  force: boolean
}

/** What that process says, each only after it is in the database. */
export type Told =
  | { kind: 'ready' }
  | { kind: 'started'; runId: string; variantId: string }
  | { kind: 'event'; runId: string; seq: number; event: RunEvent }
