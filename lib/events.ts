import { EventEmitter } from 'node:events'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import type { CurrentStage, Stage, TerminalStatus } from '#lib/domain/stages.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'
import { remember } from '#lib/remember.ts'

/** Which run of which variant. */
export interface RunRef {
  identity: VariantIdentity
  generationId: string
  runId: string
}

export interface RunResult {
  status: TerminalStatus
  currentStage: CurrentStage | null
  pageCount: number
  lastGenerated: string | null
  lastCommitSha: string | null
  errorMessage: string | null
}

/**
 * What happens inside the server, told to whoever listens in this process. Sent after the change is in the database. Every
 * write to a variant's row is told by one of the first events: the live feed keeps the rows in memory by them.
 */
export interface ServerEvents {
  /** A run waits for its turn; its variant is generating. */
  run_waiting: RunRef & { pageCount: number }
  /** A run told something; `changed` holds the columns of the variant that changed with it. */
  run_progress: RunRef & {
    recorded: RecordedEvent
    changed: { current_stage?: Stage; page_count?: number; plan_json?: string }
  }
  /** A variant reached a terminal status; `result` is what its row says now. */
  run_ended: RunRef & { recorded: RecordedEvent; result: RunResult }
  /** A person ended a run; its process must stop. */
  run_aborted: { runId: string }
  /** The variants are gone; processes that still write to them must be gone at once. */
  variants_removed: { variantIds: string[]; owner: string; name: string; readers: string[] }
  /** What these users may see has changed. */
  access_changed: { usernames: string[] }
  session_ended: { sessionHash: string }
  /** All sessions and keys of the user stopped being valid. */
  user_locked_out: { username: string }
}
export type ServerEventName = keyof ServerEvents

type Bus = EventEmitter<{ [Name in ServerEventName]: [ServerEvents[Name]] }>

function bus(): Bus {
  return remember('events', () => {
    const emitter: Bus = new EventEmitter()
    return emitter.setMaxListeners(100)
  })
}

/** Tells every listener, synchronously; listeners never throw and never wait. */
export function announce<Name extends ServerEventName>(name: Name, event: ServerEvents[Name]): void {
  const listeners = bus().listeners(name) as ((event: ServerEvents[Name]) => void)[]
  for (const listener of listeners) listener(event)
}

/** Listens until the returned function is called. */
export function listen<Name extends ServerEventName>(
  name: Name,
  listener: (event: ServerEvents[Name]) => void,
): () => void {
  const emitter = bus() as EventEmitter
  emitter.on(name, listener)
  return () => emitter.off(name, listener)
}
