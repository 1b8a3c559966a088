import { isDocsfyError } from '#lib/errors.ts'
import { log, surviveClosedPipes } from '#lib/log.ts'

const STOP_WITHIN_MS = 10_000

interface Running {
  url: string
  createSignInLink(): Promise<string>
  close(): Promise<void>
}

/** Runs a server until Ctrl-C or SIGTERM. What a person must mend is one sentence and exit code 1. */
export async function runUntilSignal(start: () => Promise<Running>): Promise<void> {
  surviveClosedPipes()
  try {
    const server = await start()
    process.stdout.write(`docsfy is running at ${server.url}\nSign in once with ${await server.createSignInLink()}\n`)
    stopOnSignal(server)
  } catch (error) {
    process.stderr.write(
      `${isDocsfyError(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    )
    process.exit(1)
  }
}

/** Stops the server at the first signal, within ten seconds; a second signal ends the process at once. */
export function stopOnSignal(server: Pick<Running, 'close'>): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    server.close().then(
      () => process.exit(0),
      (error) => {
        log.error('the server did not stop cleanly', { error })
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
