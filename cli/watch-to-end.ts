import { docsHref } from '#lib/domain/deep-link.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { interruptSignal } from './interrupt.ts'
import { oneLine, printNote, printResult } from './output.ts'
import { showProgress } from './progress.ts'
import type { Connected } from './server-command.ts'
import type { Ending } from './watch-generation.ts'

export interface WatchFlags {
  json?: boolean
  quiet?: boolean
}

interface Watched {
  server: Connected
  generationId: string
  flags: WatchFlags
}

/** Shows a generation to its end, and where its documentation is; with `json` that is left to the caller. */
export async function watchToEnd({
  server,
  generationId,
  flags,
}: Watched): Promise<{ row: VariantRow; isReady: boolean }> {
  // Loaded here, because only --watch needs sockets.
  const { watchGeneration } = await import('./watch-generation.ts')
  const signal = interruptSignal(`The generation goes on; to end it: docsfy abort ${generationId}`)
  if (!flags.quiet) printNote('Watching generation progress...')
  const progress = showProgress(flags)
  const watching = watchGeneration({ server, generationId, progress, signal })
  const ending = await watching.finally(progress.end)
  const row = await server.api.variantById(generationId)
  tellEnd(ending, row, flags)
  const isReady = ending.status === 'ready'
  if (isReady && !flags.json) printResult(`Documentation: ${server.url}${docsHref(identityOf(row), row.owner)}`)
  return { row, isReady }
}

function tellEnd({ status, message, upToDate }: Ending, { page_count }: VariantRow, { quiet }: WatchFlags): void {
  if (status !== 'ready') printNote(`Error: ${oneLine(message ?? `The generation ended with status ${status}`)}`)
  else if (!quiet) printNote(upToDate ? UP_TO_DATE_MESSAGE : `Generation complete! (${page_count} pages)`)
}
