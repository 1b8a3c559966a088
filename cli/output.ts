import { pipeline } from 'node:stream/promises'
import { stripVTControlCharacters, styleText } from 'node:util'
import { ApiError } from '#lib/api-client.ts'
import { messageFor } from '#lib/errors.ts'

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** A result: stdout carries nothing else. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`)
}

const UNWRITTEN: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be larger than is allowed',
  EIO: 'the disk does not work',
}

/** A result that cannot be written fails the command, whatever else it did. Who stops reading it is told nothing. */
export function watchResults(): void {
  process.stdout.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    printNote(
      `Error: The result could not be written to standard output: ${UNWRITTEN[code] ?? oneLine(message)}. It is not whole.`,
    )
    process.once('exit', () => {
      process.exitCode = EXIT.failed
    })
  })
}

/** A result as one line that is too long to be held as one text; `watchResults` tells when it cannot be written. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  function* line() {
    yield* pieces
    yield '\n'
  }
  await pipeline(line, process.stdout, { end: false }).catch((error: unknown) => {
    if (!isOfWriting(error)) throw error
  })
}

/** An error of stdout itself, which `watchResults` hears of; the pieces are made without writing anything. */
function isOfWriting(error: unknown): boolean {
  const { code, syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  return syscall === 'write' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED'
}

/** A remark for the person at the terminal; never part of a result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** `Error: sentence`, or `Error (404): sentence` when a server said it, and below it what is wrong with which field. */
export function printError(error: unknown): void {
  if (!(error instanceof ApiError)) {
    printNote(`Error: ${messageFor(error).split('\n').map(oneLine).join('\n')}`)
    return
  }
  const detail = oneLine(error.detail).replaceAll('?owner=NAME', '--owner NAME')
  printNote(`Error${error.status ? ` (${error.status})` : ''}: ${detail}`)
  for (const { path, message } of error.issues)
    if (!detail.includes(message)) printNote(`  ${oneLine(`${path}: ${message}`)}`)
}

/** Columns of the terminal that shows stdout; null when it goes into a file or a pipe, where lines may be of any length. */
export function outputWidth(): number | null {
  return process.stdout.isTTY ? (process.stdout.columns ?? null) : null
}

/** `text` in a colour on a terminal that may show one: never in a pipe, and not with NO_COLOR. */
export function coloured(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout })
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
