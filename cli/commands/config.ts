import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printNote, printResult } from '#cli/output.ts'
import {
  PROFILE_FIELDS,
  type ProfileField,
  type ProfilesFile,
  profileNamed,
  profileNames,
  readProfiles,
  serverAddress,
  withProfile,
  writeProfiles,
} from '#cli/profiles.ts'
import { ask, askSecret, canAsk, firstInputLine } from '#cli/prompt.ts'
import { connectionFlags } from '#cli/server-command.ts'
import { clientEnvironment } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'

/** `docsfy config`: server profiles. */
export function configCommand(): Command {
  const command = new Command('config')
    .description('Keep the servers you use, with their keys, as profiles')
    .addCommand(initCommand())
    .addCommand(showCommand())
    .addCommand(setCommand())
  return withHelp(command, { examples: ['docsfy config init', 'docsfy config show'] })
}

interface InitFlags {
  profile?: string
  url?: string
}

function initCommand(): Command {
  const command = new Command('init')
    .description('Add a server profile, or change one')
    .option('--profile <NAME>', 'name of the profile (default: asked for, "dev")')
    .option('--url <URL>', 'address of the server (default: asked for)')
    .action(init)
  return withHelp(command, {
    examples: [
      'docsfy config init',
      'docsfy -u alice config init --profile prod --url https://docs.example.com < key.txt',
    ],
    remarks:
      'What is not given is asked for on a terminal. Elsewhere the key is read from DOCSFY_API_KEY or from standard input.\n' +
      'Of a profile that is there already, what is left empty stays.\n' +
      'The file is readable by you alone. The first profile becomes the default one.',
  })
}

async function init(flags: InitFlags, command: Command): Promise<void> {
  const { profilesFile, apiKey } = clientEnvironment()
  const file = (await readProfiles(profilesFile)) ?? {}
  const given = connectionFlags(command)
  if (!canAsk() && (flags.profile === undefined || flags.url === undefined))
    command.error('error: nobody can be asked here: give --profile and --url')
  const name = flags.profile ?? (await ask('Profile name', 'dev'))
  const earlier = profileNamed(file, name)
  const url = serverAddress(flags.url ?? (await ask('Server URL', earlier?.url)))
  const username = given.username ?? (canAsk() ? await ask('Username', earlier?.username) : (earlier?.username ?? ''))
  const typed = given.password ?? apiKey ?? (canAsk() ? await askSecret('Password') : await firstInputLine())
  const password = typed.trim() || (earlier?.password ?? '')
  const changed = withProfile(file, name, { url, username, password })
  await writeProfiles(profilesFile, { ...changed, default: { server: name, ...changed.default } })
  printResult(`Profile '${name}' saved to ${profilesFile}`)
}

function showCommand(): Command {
  const command = new Command('show')
    .description('Show the profiles, without their keys')
    .option('--names', 'print the names alone, one per line')
    .option('--json', 'print one JSON object')
    .action(show)
  return withHelp(command, { examples: ['docsfy config show', 'docsfy config show --names'], json: ['config show'] })
}

interface ShowFlags {
  names?: boolean
  json?: boolean
}

async function show({ names, json }: ShowFlags): Promise<void> {
  const { profilesFile } = clientEnvironment()
  const file = await readProfiles(profilesFile)
  if (!file) throw new DocsfyError('not_found', `There is no ${profilesFile} yet: run "docsfy config init"`)
  if (names) return profileNames(file).map(oneLine).forEach(printResult)
  const usual = file.default?.server ?? null
  if (json) return printJson('config show', { file: profilesFile, default_server: usual, servers: shownServers(file) })
  printResult(`Config file: ${profilesFile}\nDefault server: ${oneLine(usual ?? 'not set')}`)
  for (const [name, { url, username, has_password }] of Object.entries(shownServers(file)))
    printResult(
      [
        `\n[${oneLine(name)}]${name === usual ? ' (default)' : ''}`,
        `  URL:      ${oneLine(url ?? 'not set')}`,
        `  Username: ${oneLine(username ?? 'not set')}`,
        `  Password: ${has_password ? '***' : 'not set'}`,
      ].join('\n'),
    )
}

function shownServers(file: ProfilesFile) {
  const shown = profileNames(file).map((name) => {
    const { url, username, password } = profileNamed(file, name) ?? {}
    return [name, { url: url ?? null, username: username || null, has_password: Boolean(password) }] as const
  })
  return Object.fromEntries(shown)
}

function setCommand(): Command {
  const command = new Command('set')
    .description('Change one value')
    .argument('<KEY>', 'default.server, or servers.NAME.url, .username or .password')
    .argument('[VALUE]', 'the value; when absent it is asked for, or read from standard input')
    .action(set)
  return withHelp(command, {
    examples: [
      'docsfy config set default.server prod',
      'docsfy config set servers.prod.url https://docs.example.com',
      'docsfy config set servers.prod.password < key.txt',
    ],
    remarks: 'Leave a password out of the command line: other users of the machine can see it there.',
  })
}

async function set(key: string, given: string | undefined): Promise<void> {
  const { profilesFile } = clientEnvironment()
  const place = placeOf(key)
  const file = (await readProfiles(profilesFile)) ?? {}
  const value = given ?? (await typedValue(key))
  const changed =
    place.profile === null ? withDefault(file, value) : withProfile(file, place.profile, { [place.field]: value })
  await writeProfiles(profilesFile, changed)
  printResult(`Updated ${key}`)
}

type Place = { profile: null } | { profile: string; field: ProfileField }

function placeOf(key: string): Place {
  const [first, ...rest] = key.split('.')
  const last = rest.pop()
  const field = PROFILE_FIELDS.find((known) => known === last)
  if (key === 'default.server') return { profile: null }
  if (first === 'servers' && rest.length > 0 && field) return { profile: rest.join('.'), field }
  throw new DocsfyError(
    'invalid_input',
    `There is no setting "${key}": use default.server, or servers.NAME followed by .url, .username or .password`,
  )
}

async function typedValue(key: string): Promise<string> {
  const typed = canAsk() ? await (key.endsWith('.password') ? askSecret(key) : ask(key)) : await firstInputLine()
  if (typed.trim()) return typed.trim()
  throw new DocsfyError('invalid_input', `No value for ${key} was given`)
}

function withDefault(file: ProfilesFile, server: string): ProfilesFile {
  if (profileNamed(file, server) === null)
    printNote(`Warning: there is no profile "${oneLine(server)}" yet: add it with "docsfy config init"`)
  return { ...file, default: { ...file.default, server } }
}
