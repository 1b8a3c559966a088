import type { Argument, Command, Option } from 'commander'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { exitCodesOf, helpNotes } from './help.ts'
import { JSON_SHAPES, type JsonName } from './json-shapes.ts'
import { jsonType, ROW_NAME } from './json-types.ts'
import { SERVER_GROUP } from './server-command.ts'

const PROFILES = [
  '## Server profiles',
  'They stand in `docsfy/config.toml` in `XDG_CONFIG_HOME`, else (and where only that exists) in `~/.config`, readable by you alone (0600). The form is that of docsfy 1.7, whose file is read and written as it is; like there, comments do not survive a change by `docsfy config`:',
  fenced(
    'toml',
    `[default]
server = "prod"

[servers.prod]
url = "https://docs.example.com"
username = "alice"
password = "the API key"`,
  ),
  'The key of a profile is sent to the address of that profile only, unless the profile was named with `--server`. `DOCSFY_SERVER` holds the name of a profile or an address, `DOCSFY_API_KEY` a key; both suit scripts better than options, which other users of the machine can see.',
]

/** The reference page of all commands as Markdown, from commander's own definitions. */
export function commandsPage(program: Command): string {
  const commands = runnable(program)
  const parts = [
    `# The commands of ${program.name()}`,
    'Made from the definitions of the commands by `npm run docs:commands`: change those, not this page.',
    program.description(),
    ['| command | does |', '|---|---|', ...commands.map(tableRow)].join('\n'),
    `## ${program.name()}`,
    ...sectionBody(program),
    'Commands that ask a server also take `--server`, `--host` and `--port` behind their name.',
    ...PROFILES,
    ...commands.flatMap((command) => [`## ${fullName(command)}`, command.description(), ...sectionBody(command)]),
    `## ${ROW_NAME}`,
    `One documentation set, as the API has it. Times are ISO 8601 in UTC, \`generation_duration\` is seconds.`,
    fenced('ts', `type ${ROW_NAME} = ${jsonType(variantRowSchema, { named: false })}`),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The commands that do something, in the order of `--help`. */
function runnable(command: Command): Command[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help')
  return below.flatMap((one) => (one.commands.length > 0 ? runnable(one) : [one]))
}

function sectionBody(command: Command): string[] {
  const help = command.createHelp()
  const notes = helpNotes(command)
  const options = help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help' && option.helpGroupHeading !== SERVER_GROUP)
  return [
    fenced('text', help.commandUsage(command)),
    ...table('argument', command.registeredArguments.map(argumentRow)),
    ...table('option', options.map(optionRow)),
    ...(notes?.remarks ? [notes.remarks] : []),
    ...(notes ? [fenced('sh', notes.examples.join('\n')), `Exit codes: ${exitCodesOf(notes)}.`] : []),
    ...(notes?.json ?? []).flatMap(jsonSection),
  ]
}

function jsonSection(name: JsonName): string[] {
  return [`\`${name}\` with \`--json\` prints:`, fenced('ts', jsonType(JSON_SHAPES[name]))]
}

function tableRow(command: Command): string {
  const name = fullName(command)
  return `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${cell(command.description())} |`
}

function table(title: string, rows: string[]): string[] {
  return rows.length === 0 ? [] : [[`| ${title} | meaning |`, '|---|---|', ...rows].join('\n')]
}

function argumentRow(argument: Argument): string {
  const choices = argument.argChoices ? `: ${argument.argChoices.join(', ')}` : ''
  return `| \`${cell(argument.name())}\` | ${cell(argument.description)}${choices} |`
}

function optionRow(option: Option): string {
  const choices = option.argChoices ? `: ${option.argChoices.join(', ')}` : ''
  const usual = option.defaultValue === undefined ? '' : ` (default: ${option.defaultValue})`
  const required = option.mandatory ? ' (required)' : ''
  return `| \`${cell(option.flags)}\` | ${cell(option.description)}${choices}${usual}${required} |`
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}

/** A vertical bar would end the cell, angle brackets outside code would be taken for a tag. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}
