import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { throwIfAborted } from '#lib/errors.ts'
import type { ReadRequest } from '#lib/facts/read-record.ts'
import type { FromParser, ParserSetup, ParserTask } from './messages.ts'

/** Enough that no thread waits while the caller parses a large file, little enough to be done soon after it. */
const MAX_WAITING = 64
const MAX_WAITING_BYTES = 400_000
const MAX_HEAP_MB = 512
/** The usual 48 MB hold nothing but garbage here. */
const YOUNG_HEAP_MB = 12
const CHECK_MS = 100
/** A thread that has waited for the processor this many times its limit is ended without having used it. */
const MOST_WAITING = 6

/** A file's record as JSON, or why the thread that read it had to be ended. */
export type Parsed = { json: string; isLasting: boolean } | { gaveUp: string }

interface Waiting {
  id: number
  bytes: number
  request: Omit<ReadRequest, 'bytes'>
  done: (parsed: Parsed) => void
}

interface Thread {
  worker: Worker
  isReady: boolean
  /** Files it was given and has not answered, in its order. */
  waiting: Waiting[]
  /** When it began with the first of them; and what it had computed by then. */
  sinceMs: number
  cpuMs: number
  /** Whether it has read another file before: what that left in its memory, this one lacks. */
  isUsed: boolean
  isAsked: boolean
}

export interface PoolOptions {
  threads: number
  /** Of computing: a file is not given up because the machine has much else to do. */
  maxFileMs: number
  signal: AbortSignal
  /** Reads a file again that an ended thread was given after the one it hung on. */
  readAgain: (request: Omit<ReadRequest, 'bytes'>) => Promise<Uint8Array>
}

/** Threads that parse. A failure is thrown by the call that comes next; `close` ends every thread at once. */
export class ParserPool {
  private readonly options: PoolOptions
  private readonly threads: Thread[]
  private readonly timer: NodeJS.Timeout
  private sleepers: (() => void)[] = []
  private failure: { error: unknown } | null = null
  private given = 0
  private unanswered = 0
  private isClosed = false

  /** Every large grammar these files need must be shared before: see `shareGrammars`. */
  constructor(options: PoolOptions) {
    this.options = options
    options.signal.addEventListener('abort', this.notify)
    // What this thread compiled the others need not compile again.
    flushCompileCache()
    this.threads = Array.from({ length: options.threads }, () => this.start())
    this.timer = setInterval(() => this.endHanging(), CHECK_MS)
  }

  /** Whether a thread takes a file now; while none does, the caller may parse on its own. */
  get isFree(): boolean {
    return this.freest() !== null
  }

  /** Hands a file over; waits while every thread has enough to do. `request.bytes` is empty afterwards. */
  async add(request: ReadRequest, done: (parsed: Parsed) => void): Promise<void> {
    this.unanswered += 1
    await this.give(request, (parsed) => {
      this.unanswered -= 1
      done(parsed)
    })
  }

  /** Waits until every file is answered. */
  async finish(): Promise<void> {
    await this.until(() => this.unanswered === 0)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearInterval(this.timer)
    this.options.signal.removeEventListener('abort', this.notify)
    await Promise.all(this.threads.map(({ worker }) => worker.removeAllListeners().terminate()))
  }

  private async until(isTrue: () => boolean): Promise<void> {
    for (;;) {
      throwIfAborted(this.options.signal)
      if (this.failure) throw this.failure.error
      if (isTrue()) return
      await new Promise<void>((resolve) => this.sleepers.push(resolve))
    }
  }

  private readonly notify = (): void => {
    const sleepers = this.sleepers
    this.sleepers = []
    for (const wake of sleepers) wake()
  }

  private freest(): Thread | null {
    let freest: Thread | null = null
    for (const thread of this.threads) {
      const isFull = thread.waiting.length >= MAX_WAITING || bytesOf(thread) >= MAX_WAITING_BYTES
      if (thread.isReady && !isFull && (!freest || bytesOf(thread) < bytesOf(freest))) freest = thread
    }
    return freest
  }

  private async give(request: ReadRequest, done: Waiting['done']): Promise<void> {
    await this.until(() => this.freest() !== null)
    const thread = this.freest()
    if (!thread) return this.give(request, done)
    this.hand(thread, request, done)
  }

  private hand(thread: Thread, { bytes, ...request }: ReadRequest, done: Waiting['done']): void {
    const id = this.given++
    // What a blob was read into may be shared with other blobs; only memory of its own can be handed over.
    const own = new Uint8Array(bytes)
    if (thread.waiting.length === 0) thread.sinceMs = performance.now()
    thread.waiting.push({ id, bytes: own.length, request, done })
    const task: ParserTask = { id, request: { ...request, bytes: own } }
    thread.worker.postMessage(task, [own.buffer])
  }

  private start(): Thread {
    const workerData: ParserSetup = { compileCache: getCompileCacheDir() ?? null }
    const worker = new Worker(new URL('./parser.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    })
    const thread: Thread = {
      worker,
      isReady: false,
      waiting: [],
      sinceMs: performance.now(),
      cpuMs: 0,
      isUsed: false,
      isAsked: false,
    }
    worker.on('message', (message: FromParser) => this.receive(thread, message))
    worker.on('error', (error) => this.lose(thread, error))
    return thread
  }

  private receive(thread: Thread, message: FromParser): void {
    if (message.type === 'failed') this.failure = { error: message.error }
    if (message.type === 'ready') this.begin(thread)
    if (message.type === 'broken') this.answerBroken(thread, message.reason)
    if (message.type === 'ready' || message.type === 'record') {
      thread.sinceMs = performance.now()
      thread.cpuMs = message.cpuMs
    }
    if (message.type === 'record') {
      thread.isUsed = true
      thread.waiting.shift()?.done(message)
    }
    this.notify()
  }

  private begin(thread: Thread): void {
    thread.isReady = true
  }

  /** A file that breaks off is read again by a thread of its own first: what was read before it must decide nothing. */
  private answerBroken(thread: Thread, reason: string): void {
    const [file, ...others] = thread.waiting
    if (!thread.isUsed || !file) {
      this.replace(thread, reason)
      return
    }
    void thread.worker.removeAllListeners().terminate()
    thread.isReady = false
    thread.waiting = []
    this.beginWith(thread, file)
      .then(() => this.repeat(others))
      .catch((error) => {
        this.failure = { error }
        this.notify()
      })
  }

  /** Puts a new thread in the place of an ended one, and gives it this file before any other. */
  private async beginWith(ended: Thread, { request, done }: Waiting): Promise<void> {
    const bytes = await this.options.readAgain(request)
    if (this.isClosed) return
    const fresh = this.start()
    this.threads[this.threads.indexOf(ended)] = fresh
    this.hand(fresh, { ...request, bytes }, done)
  }

  private lose(thread: Thread, error: unknown): void {
    const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isMemory && thread.waiting.length > 0) this.replace(thread, `needed more than ${MAX_HEAP_MB} MB of memory`)
    else this.failure = { error }
    this.notify()
  }

  private endHanging(): void {
    const { maxFileMs } = this.options
    for (const thread of this.threads) {
      const tookMs = performance.now() - thread.sinceMs
      if (thread.waiting.length === 0 || tookMs <= maxFileMs) continue
      if (tookMs > maxFileMs * MOST_WAITING) this.giveUp(thread)
      else if (!thread.isAsked) this.endIfComputing(thread).catch(() => {})
    }
  }

  /** Rejects when the thread has ended meanwhile. */
  private async endIfComputing(thread: Thread): Promise<void> {
    const [file] = thread.waiting
    thread.isAsked = true
    const { user, system } = await thread.worker.cpuUsage()
    thread.isAsked = false
    const isAtIt = this.threads.includes(thread) && thread.waiting[0] === file
    if (isAtIt && (user + system) / 1000 - thread.cpuMs > this.options.maxFileMs) this.giveUp(thread)
  }

  private giveUp(thread: Thread): void {
    this.replace(thread, `took longer than ${this.options.maxFileMs / 1000} s`)
  }

  /** Ends a thread for the file it is at; the others it was given go to the thread that takes its place. */
  private replace(thread: Thread, gaveUp: string): void {
    const [culprit, ...others] = thread.waiting
    const { worker } = thread
    void worker.removeAllListeners().terminate()
    this.threads[this.threads.indexOf(thread)] = this.start()
    culprit?.done({ gaveUp })
    this.repeat(others).catch((error) => {
      this.failure = { error }
      this.notify()
    })
    this.notify()
  }

  private async repeat(others: Waiting[]): Promise<void> {
    for (const { request, done } of others) {
      const bytes = await this.options.readAgain(request)
      await this.give({ ...request, bytes }, done)
    }
  }
}

function bytesOf({ waiting }: Thread): number {
  return waiting.reduce((sum, { bytes }) => sum + bytes, 0)
}
