import type { Command } from 'commander'
import type { JsonName } from './json-shapes.ts'

export interface HelpNotes {
  /** Command lines without the prompt. */
  examples: string[]
  /** What the options alone do not say. */
  remarks?: string
  /** Shapes that `--json` prints. */
  json?: JsonName[]
  exitCodes?: string
}

const EXIT_CODES = '0 done, 1 it failed, 2 wrong usage, 130 interrupted'
const notesOf = new WeakMap<Command, HelpNotes>()

/** Adds examples, remarks and exit codes to `--help` and to the reference page. */
export function withHelp(command: Command, notes: HelpNotes): Command {
  notesOf.set(command, notes)
  const examples = notes.examples.map((line) => `  $ ${line}`).join('\n')
  const remarks = notes.remarks ? `\n\n${notes.remarks}` : ''
  return command.addHelpText('after', `\nExamples:\n${examples}${remarks}\n\nExit codes: ${exitCodesOf(notes)}`)
}

/** What `withHelp` was told of a command; null for none. */
export function helpNotes(command: Command): HelpNotes | null {
  return notesOf.get(command) ?? null
}

export function exitCodesOf({ exitCodes = EXIT_CODES }: HelpNotes): string {
  return exitCodes
}
