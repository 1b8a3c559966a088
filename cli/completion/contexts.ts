import type { Command, Option } from 'commander'

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

export interface CompletionOption {
  flags: string[]
  description: string
  takesValue: boolean
  choices: string[]
}

/** Every place of the command line, from commander's own definitions. */
export function completionContexts(program: Command): CompletionContext[] {
  return contextsBelow(program, '')
}

function contextsBelow(command: Command, path: string): CompletionContext[] {
  const help = command.createHelp()
  const below = help.visibleCommands(command).filter((one) => one.name() !== 'help')
  const context = {
    path,
    commands: below.map((one) => ({ word: one.name(), description: one.description() })),
    options: help.visibleOptions(command).map(completionOption),
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  }
  return [context, ...below.flatMap((one) => contextsBelow(one, `${path} ${one.name()}`.trim()))]
}

function completionOption(option: Option): CompletionOption {
  return {
    flags: [option.long, option.short].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }
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
