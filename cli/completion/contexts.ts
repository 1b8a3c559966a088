import type { Command, Option } from 'commander'
import { PROVIDERS } from '#lib/domain/providers.ts'

export interface CompletionWord {
  word: string
  description: string
}

/** What may follow in one place of the command line. */
export interface CompletionContext {
  /** Names of the commands up to here, joined by blanks; empty for the program itself. */
  path: string
  commands: CompletionWord[]
  options: CompletionOption[]
  /** Words an argument may be, when they are known. */
  choices: string[]
}

/** Prints the names of the profiles; a shell asks only when one of them is wanted. */
export const PROFILE_NAMES = 'docsfy config show --names 2>/dev/null'

export interface CompletionOption {
  flags: string[]
  description: string
  takesValue: boolean
  choices: string[]
  /** Its value is the name of a server profile. */
  takesProfile: boolean
}

/** Every place of the command line, from commander's own definitions. */
export function completionContexts(program: Command): CompletionContext[] {
  return contextsBelow(program, '')
}

function contextsBelow(command: Command, path: string): CompletionContext[] {
  const help = command.createHelp()
  const below = help.visibleCommands(command)
  const context = {
    path,
    commands: below.map((one) => ({ word: one.name(), description: one.description() })),
    options: help.visibleOptions(command).map(completionOption),
    choices:
      path === 'help' ? topLevelNames(command) : command.registeredArguments.flatMap((one) => one.argChoices ?? []),
  }
  return [context, ...below.flatMap((one) => contextsBelow(one, `${path} ${one.name()}`.trim()))]
}

function completionOption(option: Option): CompletionOption {
  return {
    flags: [option.long, option.short].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? (option.long === '--provider' ? [...PROVIDERS] : []),
    takesProfile: option.long === '--server' || option.long === '--profile',
  }
}

function topLevelNames(help: Command): string[] {
  return (help.parent?.commands ?? []).map((one) => one.name())
}

/** Flags of the program and of all commands that take a value, so that the value is not taken for a command. */
export function flagsWithValue(contexts: CompletionContext[]): string[] {
  return [
    ...new Set(contexts.flatMap(({ options }) => options.filter((one) => one.takesValue).flatMap((one) => one.flags))),
  ]
}

/** Pattern of a `case` in bash and zsh: every place but the program itself. */
export function contextPattern(contexts: CompletionContext[]): string {
  return contexts
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoted(path))
    .join('|')
}

/** In single quotes, for any of the three shells. */
export function quoted(text: string, escapedQuote = `'\\''`): string {
  return `'${text.replaceAll("'", escapedQuote)}'`
}
