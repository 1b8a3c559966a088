import { type Command, Help } from 'commander'
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

/** What commander takes for the width of its own part where there is no terminal. */
const USUAL_WIDTH = 80
const EXIT_CODES = '0 done, 1 it failed, 2 wrong usage, 130 interrupted'
const notesOf = new WeakMap<Command, HelpNotes>()

/** Adds examples, remarks and exit codes to `--help` and to the reference page. */
export function withHelp(command: Command, notes: HelpNotes): Command {
  notesOf.set(command, notes)
  return command.addHelpText('after', ({ error }) => {
    const paragraphs = [notes.remarks?.replaceAll('\n', ' '), `Exit codes: ${exitCodesOf(notes)}`]
    const examples = notes.examples.map((line) => `  $ ${line}`).join('\n')
    return [`\nExamples:\n${examples}`, ...paragraphs.flatMap((text) => wrapped(text, error))].join('\n\n')
  })
}

/** Lines no wider than the terminal that shows them. */
function wrapped(text: string | undefined, onStderr: boolean): string[] {
  const { isTTY, columns } = onStderr ? process.stderr : process.stdout
  return text ? [new Help().boxWrap(text, (isTTY && columns) || USUAL_WIDTH)] : []
}

/** What `withHelp` was told of a command; null for none. */
export function helpNotes(command: Command): HelpNotes | null {
  return notesOf.get(command) ?? null
}

export function exitCodesOf({ exitCodes = EXIT_CODES }: HelpNotes): string {
  return exitCodes
}
