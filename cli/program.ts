import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { abortCommand } from './commands/abort.ts'
import { adminCommand } from './commands/admin.ts'
import { buildCommand } from './commands/build.ts'
import { changesCommand } from './commands/changes.ts'
import { completionCommand } from './commands/completion.ts'
import { configCommand } from './commands/config.ts'
import { costCommand } from './commands/cost.ts'
import { credentialsCommand } from './commands/credentials.ts'
import { deleteCommand } from './commands/delete.ts'
import { downloadCommand } from './commands/download.ts'
import { factsCommand } from './commands/facts.ts'
import { generateCommand } from './commands/generate.ts'
import { healthCommand } from './commands/health.ts'
import { helpCommand } from './commands/help.ts'
import { hookCommand } from './commands/hook.ts'
import { listCommand } from './commands/list.ts'
import { modelsCommand } from './commands/models.ts'
import { planCommand } from './commands/plan.ts'
import { resumeCommand } from './commands/resume.ts'
import { runsCommand } from './commands/runs.ts'
import { scheduleCommand } from './commands/schedule.ts'
import { scoreCommand } from './commands/score.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { statusCommand } from './commands/status.ts'
import { steeringCommand } from './commands/steering.ts'
import { withHelp } from './help.ts'
import { printNote } from './output.ts'
import { addServerOptions, refuseUnusedServer, withServerFlags } from './server-command.ts'

const GROUPS: [heading: string, make: () => Command[]][] = [
  ['Without a server:', () => [buildCommand(), planCommand(), scoreCommand(), factsCommand()]],
  ['The server:', () => [startCommand(), serveCommand()]],
  [
    'Asking a server:',
    () => [
      generateCommand(),
      listCommand(),
      statusCommand(),
      runsCommand(),
      changesCommand(),
      abortCommand(),
      resumeCommand(),
      deleteCommand(),
      downloadCommand(),
      scheduleCommand(),
      hookCommand(),
      steeringCommand(),
      credentialsCommand(),
      costCommand(),
      modelsCommand(),
      healthCommand(),
      adminCommand(),
    ],
  ],
  ['This program:', () => [configCommand(), completionCommand(), helpCommand()]],
]

/** The `docsfy` command with everything below it. Wrong usage throws a CommanderError after it was told. */
export function createProgram(): Command {
  const program = withServerFlags(new Command('docsfy'))
    .description('Turns any Git repository into a documentation site whose every claim is checked against the code.')
    .usage('[options] <command>')
    .version(version(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .enablePositionalOptions()
    .configureOutput({ outputError: (text) => printNote(usageError(text)) })
    .showHelpAfterError('Run the command with --help to see what it takes.')
    .exitOverride()
    .hook('preAction', refuseUnusedServer)
  withHelp(program, {
    examples: ['docsfy build https://github.com/owner/name -o ./site', 'docsfy --server prod list'],
    remarks: `Options of docsfy itself stand before the command. Which server is asked: --server or --host, else DOCSFY_SERVER,
else the default profile. The key: --password, else DOCSFY_API_KEY, else the profile; --server PROFILE brings its own.
Results go to stdout, everything else to stderr. NO_COLOR is honoured.`,
  })
  for (const [heading, make] of GROUPS)
    for (const command of make()) program.addCommand(settled(command.helpGroup(heading), program))
  return program
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

function settled(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).helpCommand(false)
  addServerOptions(command)
  for (const below of command.commands) settled(below, command)
  return command
}

/** Commander repeats what was typed; a key may be among it, so values and surplus arguments are left out. */
function usageError(text: string): string {
  return text
    .trim()
    .replace(/(unknown option '(--?[^=']*))=[^\n]*?'(\n\(Did you mean \2\?\))?/i, "$1' with a value")
    .replace(/(Expected \d+ arguments? but got \d+): [\s\S]*\.$/i, '$1.')
    .replace(/^error: (.)/, (_, first) => `Error: ${first.toUpperCase()}`)
}
