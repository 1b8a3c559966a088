import { EXIT, printNote } from './output.ts'

/** npm and the launcher pass Ctrl-C on although a terminal has sent it already: those copies come within this time. */
const SAME_KEYSTROKE_MS = 700

/** Aborts at the first Ctrl-C (or SIGTERM); at a second one the process ends at once. */
export function interruptSignal(firstNote: string): AbortSignal {
  const controller = new AbortController()
  let firstMs: number | null = null
  function interrupted(): void {
    if (firstMs !== null) {
      if (performance.now() - firstMs > SAME_KEYSTROKE_MS) process.exit(EXIT.interrupted)
      return
    }
    firstMs = performance.now()
    printNote(firstNote)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupted)
  return controller.signal
}
