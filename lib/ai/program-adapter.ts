import type { AiEvent, AiFailure } from '#lib/domain/ai.ts'
import { DEFAULT_MODEL } from '#lib/domain/providers.ts'
import { failure } from './failures.ts'

export type JsonObject = Record<string, unknown>

export interface ProgramQuestion {
  model: string
  system: string
  prompt: string
  /** The empty folder the program runs in. */
  emptyDir: string
  /** Another folder, with the `files` of the adapter. */
  filesDir: string
  /** Variables of the provider that are set. */
  access: Record<string, string>
}

/** How one vendor's command-line tool is called and what its lines mean. A table row, not code that acts. */
export interface ProgramAdapter {
  /** What people call it. */
  name: string
  /** Names it is installed under, best first. */
  commands: readonly string[]
  /** One line of how to sign in or install, for error texts. */
  signIn: string
  /** Variables one of which is enough to be signed in. */
  keys: readonly string[]
  /** Arguments that make it tell by its exit code whether it is signed in. */
  status?: readonly string[]
  /** Where it has no such arguments: files below the home folder that it keeps once it is signed in. */
  loginFiles?: readonly string[]
  args(question: ProgramQuestion): string[]
  stdin(question: ProgramQuestion): string
  /** Files its arguments or variables name, by their path in `filesDir`. */
  files?: Readonly<Record<string, string>>
  /** Variables it needs besides those of its provider. */
  variables?(question: ProgramQuestion): Record<string, string>
  /** It prints nothing between its start and its whole answer: only the limit of the whole call holds then. */
  isSilent?: boolean
  /** A reader of one answer: JSON objects in, events out. */
  reader(): (line: JsonObject) => AiEvent[]
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0
}

/** US dollars; null for what is no amount. */
export function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

export function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** What a message says, whose content is a list of parts: the text of it. */
export function spoken(content: unknown): AiEvent[] {
  const parts = Array.isArray(content) ? content.map(object) : []
  return parts.flatMap((part) => (part.type === 'text' ? [{ kind: 'delta', text: text(part.text) } as const] : []))
}

/** The failure of an answer that did more than write. */
export function usedTool(what: string): AiFailure {
  return failure('bad_output', `the model used a tool (${what}), although it may only write`)
}

/** What to say when a tool is not installed. */
export function missingProgram({ name, commands, signIn }: ProgramAdapter): string {
  return `${name} is not installed on the server: no "${commands.join('" or "')}" in PATH. Install it, then ${signIn}`
}

/** `--model=…`; nothing where the tool may choose. */
export function modelOption(model: string): string[] {
  return model === DEFAULT_MODEL ? [] : [`--model=${model}`]
}
