import type { RunEvent } from '#lib/domain/run-events.ts'
import { progressBar } from './progress-bar.ts'
import { progressLines } from './progress-lines.ts'

/** Shows a run while it works. */
export interface Progress {
  event(event: RunEvent): void
  /** Leaves the terminal as a command may write on; call it once, also after a failure. */
  end(): void
}

/** A live bar on a terminal, plain lines elsewhere, nothing when quiet. */
export function showProgress({ quiet }: { quiet?: boolean }): Progress {
  if (quiet) return { event: () => {}, end: () => {} }
  return process.stderr.isTTY ? progressBar(process.stderr) : progressLines((line) => process.stderr.write(`${line}\n`))
}
