import { Command, Option } from 'commander'
import type { ApiClient } from '#lib/api-client.ts'
import { clientEnvironment } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'
import { createClient } from './client.ts'
import { type Connection, type ConnectionFlags, resolveConnection } from './connection.ts'
import { printNote } from './output.ts'
import { portNumber } from './port-number.ts'
import { isReadableByOthers, readProfiles } from './profiles.ts'

export interface Connected extends Connection {
  api: ApiClient
}

/** Heading of the options that `addServerOptions` adds. */
export const SERVER_GROUP = 'Which server:'

/** Commands that ask a server. */
const asking = new WeakSet<Command>()

/** A command that asks a server. */
export function serverCommand(name: string): Command {
  const command = new Command(name)
  asking.add(command)
  return command
}

/** Lets the server also be named behind a command that asks one; called last, so that its own options come first. */
export function addServerOptions(command: Command): void {
  if (!asking.has(command)) return
  command
    .optionsGroup(SERVER_GROUP)
    .option('--server <PROFILE>', 'profile or address of the server')
    .option('--host <HOST>', 'host of the server')
    .addOption(new Option('--port <PORT>', 'port of the server').argParser(portNumber))
}

/** Options of the program that say which server is asked, and as whom. */
const CONNECTION_FLAGS = ['server', 'host', 'port', 'username', 'password'] as const

/** Wrong usage when an option before the command names a server that the command would not ask. */
export function refuseUnusedServer(program: Command, command: Command): void {
  if (asking.has(command)) return
  const taken = new Set([
    ...command.options.map((option) => option.attributeName()),
    ...(TAKEN[topName(command)] ?? []),
  ])
  const unused = CONNECTION_FLAGS.find((name) => program.getOptionValueSource(name) === 'cli' && !taken.has(name))
  if (unused !== undefined) command.error(`error: "docsfy ${topName(command)}" asks no server: leave out --${unused}`)
}

/** Commands that read the program's options in their own way. */
const TAKEN: Record<string, readonly string[]> = { config: CONNECTION_FLAGS }

function topName(command: Command): string {
  let top = command
  while (top.parent?.parent) top = top.parent
  return top.name()
}

/** Adds what every command that asks a server takes, as options of the program. */
export function withServerFlags(program: Command): Command {
  return program
    .option('-s, --server <PROFILE>', 'server to ask: a profile of the configuration, or an address')
    .option('--host <HOST>', 'host of the server, instead of a profile')
    .addOption(new Option('--port <PORT>', 'port of the server (default with --host: 8000)').argParser(portNumber))
    .option('-u, --username <NAME>', 'account name; accepted for older scripts, the key alone says who you are')
    .option('-p, --password <KEY>', 'API key; better in DOCSFY_API_KEY or a profile, where no other user sees it')
}

/** The server a command is to ask. Throws `invalid_input` when none is named, or no key is known where one is needed. */
export async function connect(
  command: Command,
  { needsKey = true, ...times }: { needsKey?: boolean; answerWithinMs?: number } = {},
): Promise<Connected> {
  const environment = clientEnvironment()
  const profiles = await readProfiles(environment.profilesFile)
  if (profiles && (await isReadableByOthers(environment.profilesFile)))
    printNote(`Warning: other users can read the keys in ${environment.profilesFile}: run chmod 600 on it`)
  const connection = resolveConnection({ flags: connectionFlags(command), environment, profiles })
  if (needsKey && connection.apiKey === null)
    throw new DocsfyError(
      'invalid_input',
      `No key is known for ${connection.url}: set DOCSFY_API_KEY, or run "docsfy config init"`,
    )
  return { ...connection, api: createClient(connection, times) }
}

/** Whether the command line itself says which server is asked, or as whom. */
export function namesServer(command: Command): boolean {
  return Object.values(connectionFlags(command)).some((value) => value !== undefined)
}

/** What was given before and behind the name of the command; the latter counts where both are given. */
export function connectionFlags(command: Command): ConnectionFlags {
  let program = command
  while (program.parent) program = program.parent
  const { server, host, port, username, password } = program.opts<ConnectionFlags>()
  const behind = command.opts<ConnectionFlags>()
  return {
    server: behind.server ?? server,
    host: behind.host ?? host,
    port: behind.port ?? port,
    username,
    password,
  }
}
