import { Command, CommanderError } from 'commander'
import { buildCommand } from '#cli/commands/build.ts'
import { serveCommand } from '#cli/commands/serve.ts'
import { startCommand } from '#cli/commands/start.ts'
import { EXIT, printError, printNote, surviveClosedPipes } from '#cli/output.ts'
import { ApiError } from '#lib/api-client.ts'
import { isDocsfyError } from '#lib/errors.ts'

surviveClosedPipes()

const program = new Command('docsfy')
  .description('Turns any Git repository into a documentation site whose every claim is checked against the code.')
  .configureOutput({
    outputError: (text) => printNote(text.trim().replace(/^error: (.)/, (_, first) => `Error: ${first.toUpperCase()}`)),
  })
  .showHelpAfterError('Run the command with --help to see what it takes.')
  .exitOverride()

for (const command of [buildCommand(), serveCommand(), startCommand()])
  program.addCommand(command.copyInheritedSettings(program))

await run()

async function run(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    process.exitCode = exitCodeFor(error)
  }
}

/** Help and version are not errors; wrong usage was told by commander; anything unknown shows its stack. */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (!isDocsfyError(error) && !(error instanceof ApiError)) throw error
  printError(error)
  return error instanceof ApiError || error.code !== 'aborted' ? EXIT.failed : EXIT.interrupted
}
