import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, printNote, printResult } from '#cli/output.ts'
import type { RunningServer } from '#server'
import { interruptSignal } from './interrupt.ts'

/** What a person may wait for the end after Ctrl-C; whatever still runs then is cut off. */
const STOP_WITHIN_MS = 9_000

export interface ServerFlags {
  host?: string
  port?: number
}

/**
 * Starts the server, tells where it is and how to sign in, does `work`, and serves until Ctrl-C. Ends the process.
 * Throws `start_up` when the server cannot be started.
 */
export async function runServer(
  flags: ServerFlags,
  work: (server: RunningServer, signal: AbortSignal) => Promise<void>,
): Promise<never> {
  const signal = interruptSignal('Stopping')
  const { startServer } = await import('#server')
  const server = await startServer(flags)
  if (!signal.aborted) {
    printResult(`docsfy is running at ${server.url}`)
    printResult(`Sign in with this link (works once, within 15 minutes): ${await server.createSignInLink()}`)
    await work(server, signal)
    if (!signal.aborted) printNote('Serving until Ctrl-C')
  }
  await aborted(signal)
  return await stop(server)
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function stop(server: RunningServer): Promise<never> {
  const isClosed = await Promise.race([server.close().then(() => true), sleep(STOP_WITHIN_MS, false)])
  if (!isClosed) printNote('Error: Some work did not stop in time and was cut off')
  process.exit(isClosed ? EXIT.ok : EXIT.failed)
}
