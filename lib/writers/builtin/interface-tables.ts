import { cite } from '#lib/domain/citations.ts'
import type { CommandFact, EntryPointFact, EnvironmentFact, Facts, FlagFact, RouteFact } from '#lib/domain/facts.ts'
import type { VariableMeaning } from './documented-variables.ts'
import { code, escapeText, table } from './markdown.ts'
import { codeNames } from './quoting.ts'
import type { HandledRoute } from './route-handlers.ts'
import { byText, listOf, shorten } from './wording.ts'

const LONGEST_MEANING = 120

const SHOWN_READS = 3

/** What the documented files offer to people at the outside; tests, examples and vendored code do not count. */
export function offered<Fact>(facts: Facts, list: Fact[], pathOf: (fact: Fact) => string | undefined): Fact[] {
  const roles = new Map(facts.files.map((file) => [file.path, file.role]))
  return list.filter((fact) => /^(?:source|config|other)$/.test(roles.get(pathOf(fact) ?? '') ?? 'source'))
}

/** Flags of the commands that people install. */
export function offeredFlags(facts: Facts): FlagFact[] {
  return definedFlags(facts).filter((flag) => !TOOLING.test(flag.range.path))
}

/** Flags of scripts around the project: for those who develop it. */
export function toolingFlags(facts: Facts): FlagFact[] {
  return definedFlags(facts).filter((flag) => TOOLING.test(flag.range.path))
}

function definedFlags(facts: Facts): FlagFact[] {
  return offered(facts, facts.flags, (flag) => flag.range.path)
}

/** Commands and sub-commands, each once. */
export function offeredCommands(facts: Facts): CommandFact[] {
  const own = offered(facts, facts.commands, (command) => command.range.path)
  return oncePer(
    own.filter(({ range }) => !TOOLING.test(range.path)),
    ({ name, help }) => `${name} ${help}`,
  )
}

/** Commands of scripts around the project: for those who develop it. */
export function toolingCommands(facts: Facts): CommandFact[] {
  return offered(facts, facts.commands, ({ range }) => range.path).filter(({ range }) => TOOLING.test(range.path))
}

export function offeredRoutes(facts: Facts): RouteFact[] {
  return offered(facts, facts.routes, (route) => route.range.path)
}

/** Variables that the project reads when it runs. */
export function offeredEnvironment(facts: Facts): EnvironmentFact[] {
  return readVariables(facts).filter((variable) => !isTooling(variable))
}

/** Variables that only scripts around the project read: for those who develop it. */
export function toolingEnvironment(facts: Facts): EnvironmentFact[] {
  return readVariables(facts).filter(isTooling)
}

function readVariables(facts: Facts): EnvironmentFact[] {
  return offered(facts, facts.environment, (variable) => variable.ranges[0]?.path)
}

const TOOLING =
  /^(?:scripts?|tools?|contrib|support|build|ci|\.github|\.ci|website|perf[\w-]*|bench[\w-]*)\/|(?:^|\/)(?:[^/]+\.config|[Gg]ulpfile|[Gg]runtfile|(?:karma|protractor|wdio|nightwatch)(?:\.[\w-]+)?\.conf)\.[cm]?[jt]s$|(?:^|\/)noxfile\.py$/

function isTooling({ ranges }: EnvironmentFact): boolean {
  return ranges.length > 0 && ranges.every(({ path }) => TOOLING.test(path))
}

/** Packages that test or show the project install nothing for its users. */
const BESIDE = /(?:^|\/)(?:tests?|test[-_][\w-]+|examples?|samples?|bench\w*|fuzz)\//

/** Commands that people install. */
export function binaries(facts: Facts): EntryPointFact[] {
  const own = offered(facts, facts.entryPoints, (entry) => entry.range.path)
  return own.filter(({ kind, range }) => kind === 'binary' && !BESIDE.test(range.path))
}

/** Facts that stand in several manifests once, in the order given. */
export function oncePer<Fact>(list: Fact[], keyOf: (fact: Fact) => string): Fact[] {
  return [...new Map(list.toReversed().map((fact) => [keyOf(fact), fact])).values()].toReversed()
}

export function entryTable(entries: EntryPointFact[]): string {
  const rows = entries.map((entry) => [
    entryName(entry),
    ENTRY_NAMES[entry.kind],
    code(entry.path ?? ''),
    cite(entry.range),
  ])
  return table(['Name', 'Kind', 'File', 'Declared at'], rows)
}

/** What a package is imported by is no name of the code, and can read like a path, which it is not. */
function entryName({ kind, name, range }: EntryPointFact): string {
  return kind === 'export' || (kind === 'main' && /package\.json$/.test(range.path)) ? escapeText(name) : code(name)
}

const ENTRY_NAMES: Record<EntryPointFact['kind'], string> = {
  binary: 'command',
  main: 'main module',
  export: 'package export',
  server: 'server',
}

export function binaryTable(entries: EntryPointFact[]): string {
  const rows = entries.map((entry) => [code(entry.name), code(entry.path ?? ''), cite(entry.range)])
  return table(['Command', 'Runs', 'Declared at'], rows)
}

export function commandTable(commands: CommandFact[]): string {
  const rows = commands
    .toSorted((a, b) => byText(a.name, b.name))
    .map(({ name, aliases, help, range }) => [
      [name, ...aliases].map(code).join(', '),
      escapeText(help ?? ''),
      cite(range),
    ])
  return table(['Command', 'Meaning', 'Defined at'], rows)
}

export function flagTable(flags: FlagFact[]): string {
  const rows = flags.map((flag) => [
    [flag.name, ...flag.aliases].map(code).join(', '),
    flag.type === 'flag' ? 'flag' : code(flag.type ?? ''),
    code(flag.default ?? ''),
    escapeText(flag.help ?? ''),
    cite(flag.range),
  ])
  return table(['Flag', 'Type', 'Default', 'Meaning', 'Defined at'], rows)
}

/** Those of the system stand behind those of the project. `meanings` are what documents say. */
export function environmentTable(variables: EnvironmentFact[], meanings: ReadonlyMap<string, VariableMeaning>): string {
  const rows = variables
    .toSorted(
      (a, b) => Number(OF_THE_SYSTEM.test(a.name)) - Number(OF_THE_SYSTEM.test(b.name)) || byText(a.name, b.name),
    )
    .map((variable) => {
      const told = meanings.get(variable.name)
      return [
        code(variable.name),
        code(variable.default ?? ''),
        variable.help ? escapeText(variable.help) : told ? `${codeNames(told.text)} ${cite(told.citation)}` : '',
        listOf(variable.ranges.slice(0, SHOWN_READS).map(cite)),
      ]
    })
  return table(['Variable', 'Default', 'Meaning', 'Defined or read at'], rows)
}

const OF_THE_SYSTEM =
  /^(?:CI|COLUMNS|COMSPEC|DEBIAN_FRONTEND|DISPLAY|EDITOR|HOME|HOMEDRIVE|HOMEPATH|HTTPS?_PROXY|https?_proxy|LANG|LC_\w+|LINES|LOCALAPPDATA|LOGNAME|NO_COLOR|NO_PROXY|no_proxy|NODE_ENV|NODE_OPTIONS|NODE_PATH|PAGER|PATH|PATHEXT|PROGRAMDATA|ProgramData|APPDATA|PWD|SHELL|SSH_\w+|SYSTEMROOT|TEMP|TERM|TMP|TMPDIR|TZ|USER|USERPROFILE|VISUAL|WSL_\w+|XDG_\w+|GITHUB_\w+|npm_\w+)$/

export function routeTable(routes: HandledRoute[]): string {
  const rows = routes.map(({ route, meaning, uses, citation }) => [
    route.method.toUpperCase(),
    code(route.path),
    codeNames(shorten(meaning, LONGEST_MEANING)),
    route.handler === route.method.toUpperCase() ? '' : code(route.handler ?? ''),
    listOf(uses.map(code)),
    cite(citation),
  ])
  return table(['Method', 'Path', 'What it does', 'Handler', 'Uses', 'Registered at'], rows)
}
