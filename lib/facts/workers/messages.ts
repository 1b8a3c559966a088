import type { ReadRequest } from '#lib/facts/read-record.ts'

/** What a thread is started with. */
export interface ParserSetup {
  compileCache: string | null
}

/** One file to read. Its bytes are handed over, not copied. */
export interface ParserTask {
  id: number
  request: ReadRequest
}

/**
 * A record as JSON: as cheap to make and to read as a structured clone, and what the cache keeps as it is. `cpuMs` is how
 * long the thread has computed since it began.
 */
export type FromParser =
  | { type: 'ready'; cpuMs: number }
  | { type: 'record'; id: number; json: string; isLasting: boolean; cpuMs: number }
  | { type: 'broken'; id: number; reason: string }
  | { type: 'failed'; id: number; error: unknown }
