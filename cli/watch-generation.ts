import { ApiError } from '#lib/api-client.ts'
import { type DataFrame, eventsOf } from '#lib/domain/frames.ts'
import { startLiveFeed } from '#lib/domain/live-feed.ts'
import type { Status, TerminalStatus } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'
import { liveSocketTo } from './live-socket.ts'
import type { Progress } from './progress.ts'
import { runEventReader } from './run-event-reader.ts'
import type { Connected } from './server-command.ts'

interface Watching {
  server: Connected
  generationId: string
  progress: Progress
  /** Ends the watching, not the generation. */
  signal: AbortSignal
}

export interface Ending {
  status: TerminalStatus
  message: string | null
  upToDate: boolean
}

/**
 * Follows the run of a variant to its end on the live feed, by polling while the feed is away. Throws `aborted` when the
 * signal ends it, an ApiError when the key stops being valid, `not_found` when the documentation is deleted meanwhile.
 */
export async function watchGeneration({ server, generationId, progress, signal }: Watching): Promise<Ending> {
  const { api } = server
  const first = await api.variantById(generationId)
  const identity = identityOf(first)
  const runId = first.run_id
  const { promise, resolve, reject } = Promise.withResolvers<Ending>()
  let isUpToDate = false
  const events = runEventReader({
    fetchAfter: async (after) => (runId ? (await api.runEvents({ identity, runId, after, signal })).events : []),
    hear: (event) => {
      if (event.kind === 'finished') isUpToDate = event.up_to_date
      progress.event(event)
    },
  })

  function onFrame(frame: DataFrame): boolean {
    if (frame.type === 'sync') seeRows(frame.projects)
    else if (frame.generation_id !== generationId) return false
    else if (frame.type === 'status_change') finish(frame.status, frame.error_message)
    else if (frame.run_id === runId) for (const recorded of eventsOf(frame)) events.take(recorded)
    return false
  }

  function seeRows(rows: readonly VariantRow[]): void {
    const row = rows.find((one) => one.generation_id === generationId)
    if (!row) reject(new DocsfyError('not_found', 'The documentation was deleted while it was being generated'))
    else if (row.run_id === runId) seeStatus(row.status, row.error_message)
    else void endOfRun().then(finishRun, reject)
  }

  function seeStatus(status: Status, message: string | null): void {
    if (status === 'generating') void events.catchUp()
    else finish(status, message)
  }

  /** Another run has begun since: what became of ours stands in the history. */
  async function endOfRun() {
    return (await api.runs(identity)).runs.find((run) => run.run_id === runId)
  }

  function finishRun(run: Awaited<ReturnType<typeof endOfRun>>): void {
    if (run && run.state !== 'waiting' && run.state !== 'running') finish(run.state, run.message)
    else finish('error', 'The generation was replaced by another one')
  }

  function finish(status: TerminalStatus, message: string | null): void {
    void events.catchUp().then(() => resolve({ status, message, upToDate: isUpToDate }))
  }

  let isOver = false
  const tell = tellConnection(progress)
  const feed = startLiveFeed({
    openSocket: liveSocketTo(server),
    fetchProjects: () => api.projects(signal),
    onFrame,
    onProjects: (list) => seeRows(list.projects),
    onConnection: (connection) => isOver || tell(connection),
    onSessionEnded: () => reject(new ApiError(401, 'The server does not accept this key any more')),
    isSessionOver: (error) => error instanceof ApiError && error.status === 401,
  })
  const stopped = () => reject(new DocsfyError('aborted', 'The generation is not watched any more'))
  signal.addEventListener('abort', stopped, { once: true })
  if (signal.aborted) stopped()
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stopped)
    isOver = true
    feed.stop()
  }
}

/** Tells when the live feed is lost and when it is back, not that it was opened at first. */
function tellConnection(progress: Progress) {
  let isLost = false
  return (connection: string): void => {
    const wasLost = isLost
    isLost = connection === 'polling' || connection === 'offline'
    if (isLost && !wasLost) progress.event({ kind: 'warning', message: 'The live feed is interrupted: still trying' })
    if (wasLost && connection === 'live') progress.event({ kind: 'warning', message: 'The live feed is back' })
  }
}
