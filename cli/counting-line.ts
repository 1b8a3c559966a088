import { oneLine } from './output.ts'
import { cutText } from './text-width.ts'

/** Lines that go into a file are written at most this often, a terminal is drawn on at most ten times a second. */
const LOG_MS = 2_000
const DRAW_MS = 100
const CLEAR_LINE = '\r\u001b[2K'

/** How far something is, on stderr: one line that is drawn over on a terminal, a few lines elsewhere. */
export interface CountingLine {
  count(message: string, done?: number, total?: number): void
  /** Leaves the terminal as a command may write on; call it once, also after a failure. */
  end(): void
}

export function countingLine({ quiet }: { quiet?: boolean }): CountingLine {
  if (quiet) return { count: () => {}, end: () => {} }
  const { stderr } = process
  let toldMs = stderr.isTTY ? Number.NEGATIVE_INFINITY : performance.now()
  return {
    count(message, done, total) {
      if (performance.now() - toldMs < (stderr.isTTY ? DRAW_MS : LOG_MS)) return
      toldMs = performance.now()
      const text = oneLine(message) + counted(done, total)
      stderr.write(stderr.isTTY ? `${CLEAR_LINE}${cutText(text, (stderr.columns ?? 80) - 1)}` : `${text}\n`)
    },
    end() {
      if (stderr.isTTY) stderr.write(CLEAR_LINE)
    },
  }
}

function counted(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return ''
  return total === undefined ? `: ${done}` : `: ${done} of ${total}`
}
