import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printNote } from '#cli/output.ts'
import { repositoryArgument } from '#cli/repository-argument.ts'
import { runServer, type ServerFlags } from '#cli/run-server.ts'
import type { RunningServer } from '#server'
import { SERVER_EXIT_CODES, serverFlags, withServerOptions } from './serve.ts'

interface StartFlags extends ServerFlags {
  from: string
}

const checkout = dirname(dirname(import.meta.dirname))

/** `docsfy start [REPO]`, which is what `npm start` runs: the server, and documentation to look at. */
export function startCommand(): Command {
  const command = withServerOptions(new Command('start'))
    .description('Start the server and document a repository, with progress in the terminal')
    .argument('[REPO]', 'https address of a Git repository, or path of a local one')
    .addOption(new Option('--from <DIR>', 'folder that paths are relative to').default(process.cwd(), '.').hideHelp())
    .action(start)
  return withHelp(command, {
    examples: ['npm start', 'npm start -- https://github.com/owner/name', 'npm start -- ../my-project'],
    remarks: 'Without REPO, and when nothing has been documented yet, docsfy documents its own repository.',
    exitCodes: SERVER_EXIT_CODES,
  })
}

async function start(given: string | undefined, { from }: StartFlags, command: Command): Promise<void> {
  // Loaded here, because reading Git is a lot of code and other commands should not wait for it.
  const { documentRepository } = await import('#cli/document-repository.ts')
  const source = given === undefined ? null : (await repositoryArgument(given, from)).source
  const named = source && (source.kind === 'local' ? source.path : source.url)
  await runServer(serverFlags(command), async (server, signal) => {
    const repository = named ?? (await ownRepository(server))
    if (repository !== null) await documentRepository({ server, repository, signal })
  })
}

/** The checkout itself, for a first look; null when there is something to see already, or when it has no history. */
async function ownRepository(server: RunningServer): Promise<string | null> {
  if (await server.hasDocumentation()) return null
  if (existsSync(join(checkout, '.git'))) return checkout
  printNote(
    'This copy of docsfy is not a Git repository, so it cannot document itself: sign in and give it another one',
  )
  return null
}
