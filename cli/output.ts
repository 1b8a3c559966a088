import { stripVTControlCharacters } from 'node:util'
import { ApiError } from '#lib/api-client.ts'
import { messageFor } from '#lib/errors.ts'

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** Goes on when whoever read the output is gone: as an unhandled error it would end, or even spin, the process. */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** A result: stdout carries nothing else. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A remark for the person at the terminal; never part of a result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** `Error: sentence`, or `Error (404): sentence` when a server said it. */
export function printError(error: unknown): void {
  if (error instanceof ApiError) printNote(`Error${error.status ? ` (${error.status})` : ''}: ${oneLine(error.detail)}`)
  else printNote(`Error: ${messageFor(error)}`)
}

/** Text of a repository or a server made harmless for a terminal: no escape sequence, no control character, one line. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
}

/** `0.4 s`, `12.3 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
