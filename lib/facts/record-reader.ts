import { availableParallelism } from 'node:os'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { DocsfyError } from '#lib/errors.ts'
import type { FactLimits } from './discovery.ts'
import { type Grammar, languageOf } from './languages.ts'
import { shareGrammars } from './parse/grammar.ts'
import {
  beginRecord,
  type FileRecord,
  isLasting,
  type ReadRequest,
  recordOf,
  recordText,
  unparsed,
} from './read-record.ts'
import { isTimeOver, type TimeLimit, timeLimit } from './time-limit.ts'
import { type Parsed, ParserPool } from './workers/parser-pool.ts'

interface Options {
  snapshot: Snapshot
  /** How many files there are to parse at most. */
  codeFiles: number
  limits: FactLimits
  threads: Threads
  signal: AbortSignal
}

/** A file that this thread will parse. */
interface Begun {
  request: ReadRequest
  parse: () => FileRecord
  done: Done
}

/** What a file says; as JSON too when it may be kept for the next time. */
type Done = (record: FileRecord, json: string | null) => void

/** When other threads parse. */
export interface Threads {
  /** This one parses too, so that there are at most as many as processors: each takes memory and compiles its own code. */
  most: number
  /** With less code left to parse, starting threads takes longer than they save. */
  fromBytes: number
}

export const DEFAULT_THREADS: Threads = { most: 2, fromBytes: 2_500_000 }
const SAMPLE_FILES = 20
/** So many files are worth threads before the first is read: a thread needs as long to begin as the sample takes. */
const PLENTY_OF_FILES = 1_000
/** What takes longer is left to another thread: nothing can be aborted while this one is busy. */
const MAX_STALL_MS = 1_000
/** So much is parsed here under one watch: each is a thread of its own, which takes as long as reading a small file. */
const WATCHED_BYTES = 32_000
/** Grammars of scripts that only their first line gives away. */
const SCRIPTS: Grammar[] = ['bash', 'ruby', 'php']

/** A file that was interrupted, or that broke a grammar, tore the memory of this thread's parsers: from then on only other threads parse. */
let isTorn = false

/** Reads files here, and in threads as soon as there is enough to parse. Whoever made it closes it. */
export class RecordReader {
  private readonly options: Options
  private readonly limited: TimeLimit
  private pool: ParserPool | null = null
  private begun: Begun[] = []
  private files = 0
  private bytes = 0

  constructor(options: Options) {
    this.options = options
    this.limited = timeLimit(Math.min(options.limits.maxFileMs, MAX_STALL_MS))
  }

  /** Calls `done` at once or later, before `finish` is over. */
  async read(request: ReadRequest, done: Done): Promise<void> {
    const isParsed = languageOf(request.entry.path)?.grammar != null
    if (isParsed && !this.pool && this.isWorthThreads()) await this.openPool()
    if (isParsed && (isTorn || this.pool?.isFree)) await this.readElsewhere(request, done)
    else await this.readHere(request, done)
    if (!isParsed) return
    this.files += 1
    this.bytes += request.bytes.length
  }

  async finish(): Promise<void> {
    await this.parseBegun()
    await this.pool?.finish()
  }

  async close(): Promise<void> {
    await this.pool?.close()
  }

  private isWorthThreads(): boolean {
    const { threads, codeFiles } = this.options
    if (threads.most === 0) return false
    if (codeFiles >= PLENTY_OF_FILES) return true
    if (this.files < SAMPLE_FILES && this.bytes < threads.fromBytes / 4) return false
    const left = Math.max(0, codeFiles - this.files)
    return left * (this.bytes / Math.max(this.files, 1)) >= threads.fromBytes
  }

  private async openPool(): Promise<ParserPool> {
    const { snapshot, limits, threads, signal } = this.options
    const used = snapshot.entries.flatMap(({ path }) => languageOf(path)?.grammar ?? [])
    await shareGrammars(new Set([...SCRIPTS, ...used]))
    this.pool = new ParserPool({
      threads: Math.max(Math.min(threads.most, availableParallelism() - 1), 1),
      maxFileMs: limits.maxFileMs,
      signal,
      readAgain: async ({ entry }) => {
        const bytes = await snapshot.readBlob(entry.oid)
        if (!bytes) throw new DocsfyError('repository_unavailable', `${entry.path} can no longer be read`)
        return bytes
      },
    })
    return this.pool
  }

  private async readElsewhere(request: ReadRequest, done: Done): Promise<void> {
    const pool = this.pool ?? (await this.openPool())
    await pool.add(request, (parsed) => this.take(request, parsed, done))
  }

  private take(request: ReadRequest, parsed: Parsed, done: Done): void {
    if ('json' in parsed) done(recordOf(parsed.json), parsed.isLasting ? parsed.json : null)
    else done(unparsed(request, parsed.gaveUp), null)
  }

  private async readHere(request: ReadRequest, done: Done): Promise<void> {
    const begun = await beginRecord(request)
    if (typeof begun !== 'function') return done(begun, isLasting(begun) ? recordText(begun) : null)
    if (isTorn) return this.readElsewhere(request, done)
    this.begun.push({ request, parse: begun, done })
    const bytes = this.begun.reduce((sum, { request: { bytes } }) => sum + bytes.length, 0)
    if (bytes >= WATCHED_BYTES) await this.parseBegun()
  }

  private async parseBegun(): Promise<void> {
    const { begun } = this
    this.begun = []
    const parsed: FileRecord[] = []
    try {
      if (begun.length > 0)
        this.limited(() => {
          for (const { parse } of begun) parsed.push(parse())
        })
    } catch (error) {
      if (!isTimeOver(error) && !(error instanceof WebAssembly.RuntimeError)) throw error
      isTorn = true
    }
    for (const [index, { request, done }] of begun.entries()) {
      const record = parsed[index]
      if (record) done(record, isLasting(record) ? recordText(record) : null)
      else await this.readElsewhere(request, done)
    }
  }
}
