import { CommanderError } from 'commander'
import { EXIT, printError, watchResults } from '#cli/output.ts'
import { createProgram } from '#cli/program.ts'
import { ApiError } from '#lib/api-client.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { surviveClosedPipes } from '#lib/log.ts'

surviveClosedPipes()
watchResults()
await run()

async function run(): Promise<void> {
  try {
    await createProgram().parseAsync()
  } catch (error) {
    process.exitCode = exitCodeFor(error)
  }
}

/** Help and version are not errors; wrong usage was told by commander; anything unknown shows its stack. */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (!isDocsfyError(error) && !(error instanceof ApiError)) throw error
  printError(error)
  return isDocsfyError(error) && error.code === 'aborted' ? EXIT.interrupted : EXIT.failed
}
