import { Worker } from 'node:worker_threads'
import type { FromLinkThread, LinkThreadSetup } from './messages.ts'

/** Sharing so many files takes longer than starting a thread, which is then ready for the thousands that may follow. */
const BATCH = 250
/** Making so many folders takes longer than that, too. */
const MANY_FOLDERS = 50
const MAX_HEAP_MB = 64

interface KeptFilesOptions extends LinkThreadSetup {
  /** Shares one file in this thread. */
  share: (path: string) => void
}

/**
 * Files that a new site shares with the earlier one. A few are shared at the end; thousands are by a thread of their own
 * while the rest of the site is made.
 */
export class KeptFiles {
  private readonly options: KeptFilesOptions
  private waiting: string[] = []
  private thread: Worker | null = null
  private unanswered = 0
  private failure: { error: unknown } | null = null
  private settled = () => {}

  constructor(options: KeptFilesOptions) {
    this.options = options
  }

  /** Once `dir` is there: makes the folders of the earlier site where they are many. */
  begin(): void {
    if (this.options.folders.length >= MANY_FOLDERS) this.thread = this.start()
  }

  /** Throws what an earlier one failed with. */
  add(path: string): void {
    if (this.failure) throw this.failure.error
    this.waiting.push(path)
    if (this.waiting.length >= BATCH) this.hand()
  }

  /** Waits until all are shared; throws what failed first, with its `code` and `syscall`. */
  async end(): Promise<void> {
    if (this.thread === null) for (const path of this.waiting.splice(0)) this.options.share(path)
    else if (this.waiting.length > 0) this.hand()
    await new Promise<void>((resolve) => {
      this.settled = resolve
      this.settleIfDone()
    })
    if (this.failure) throw this.failure.error
  }

  /** Ends the thread, wherever it is. */
  async close(): Promise<void> {
    await this.thread?.removeAllListeners().terminate()
  }

  private hand(): void {
    this.thread ??= this.start()
    this.unanswered += 1
    this.thread.postMessage(this.waiting.splice(0))
  }

  private start(): Worker {
    const { earlierDir, dir, folders } = this.options
    const workerData: LinkThreadSetup = { earlierDir, dir, folders }
    const thread = new Worker(new URL('./link-thread.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    // It answers once when the folders are made.
    this.unanswered += 1
    thread.on('message', (message: FromLinkThread) => this.receive(message))
    thread.on('error', (error) => this.fail(error))
    thread.on('exit', (code) => this.fail(new Error(`The thread that shares files ended with exit code ${code}`)))
    return thread
  }

  private receive(message: FromLinkThread): void {
    if (message.type === 'failed') {
      const { code, syscall } = message
      this.fail(Object.assign(new Error(message.message), { code, syscall }))
      return
    }
    this.unanswered -= 1
    this.settleIfDone()
  }

  private fail(error: unknown): void {
    this.failure ??= { error }
    this.settleIfDone()
  }

  private settleIfDone(): void {
    if (this.failure || this.unanswered === 0) this.settled()
  }
}
