import { getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { SiteInput } from '#lib/domain/site.ts'
import { abortError, DocsfyError } from '#lib/errors.ts'
import {
  type CitedFile,
  type MadePage,
  type MadeSource,
  type PageText,
  type SiteMaker,
  siteMaker,
} from '#lib/site/make-files.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import type { FromSiteThread, SiteTask, SiteThreadSetup } from './messages.ts'

/** Enough that a thread never waits for the caller, who looks in after each task done here. */
const MAX_WAITING = 3
const MAX_THREADS = 2
const MAX_HEAP_MB = 1024
/** The usual 48 MB hold nothing but garbage here. */
const YOUNG_HEAP_MB = 16

interface Waiting {
  resolve: (made: MadePage[] | MadeSource) => void
  reject: (error: unknown) => void
}

interface Thread {
  worker: Worker
  isReady: boolean
  /** Tasks it was given and has not answered, in its order. */
  waiting: Waiting[]
}

export interface CrewOptions {
  model: SiteModel
  /** Threads beside this one at most; absent: as many as the machine has use for. */
  mostThreads?: number
  maxHeapMb?: number
  signal?: AbortSignal
}

/**
 * Makes files of a site in this thread and, once told that there is enough to do, in others beside it: whoever is free
 * takes the next. What a thread fails at fails the call that asked for it; an abort fails every call. Close it at the end.
 */
export class SiteCrew implements SiteMaker {
  private readonly options: CrewOptions
  private readonly own: SiteMaker
  private threads: Thread[] = []
  private failure: { error: unknown } | null = null

  constructor(options: CrewOptions) {
    this.options = options
    this.own = siteMaker(options.model)
    options.signal?.addEventListener('abort', this.abort)
  }

  /** Starts the threads, if there are none yet. They take tasks when they are ready, a moment later. */
  start(): void {
    const most = this.options.mostThreads ?? Math.min(MAX_THREADS, availableParallelism() - 1)
    while (this.threads.length < most) this.threads.push(this.thread())
  }

  async pages(texts: PageText[]): Promise<MadePage[]> {
    const pages = texts.map(({ slug, markdown }) => ({ slug, markdown }))
    const given = this.give({ kind: 'pages', pages })
    return given ? ((await given) as MadePage[]) : await this.here(() => this.own.pages(pages))
  }

  async source(file: CitedFile): Promise<MadeSource> {
    const given = this.give({ kind: 'source', file })
    return given ? ((await given) as MadeSource) : await this.here(() => this.own.source(file))
  }

  /** Whether no thread was started. */
  get isAlone(): boolean {
    return this.threads.length === 0
  }

  /** Whether the next call is answered by a thread, so that it need not be waited for before another. */
  get hasRoom(): boolean {
    return this.freest() !== undefined
  }

  async close(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.abort)
    await Promise.all(this.threads.map(({ worker }) => worker.removeAllListeners().terminate()))
  }

  /** Then lets in what threads have answered and disks have finished. */
  private async here<Made>(make: () => Promise<Made>): Promise<Made> {
    if (this.failure) throw this.failure.error
    const made = await make()
    await setImmediate()
    return made
  }

  private give(task: SiteTask): Promise<MadePage[] | MadeSource> | null {
    const thread = this.freest()
    if (!thread) return null
    return new Promise((resolve, reject) => {
      thread.waiting.push({ resolve, reject })
      thread.worker.postMessage(task)
    })
  }

  private freest(): Thread | undefined {
    return this.threads
      .filter(({ isReady, waiting }) => isReady && waiting.length < MAX_WAITING)
      .sort((one, other) => one.waiting.length - other.waiting.length)[0]
  }

  private thread(): Thread {
    const { model, maxHeapMb = MAX_HEAP_MB } = this.options
    const workerData: SiteThreadSetup = {
      compileCache: getCompileCacheDir() ?? null,
      input: shownByPages(model.input),
      assetVersion: model.assetVersion,
    }
    const worker = new Worker(new URL('./start-thread.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    })
    const thread: Thread = { worker, isReady: false, waiting: [] }
    worker.on('message', (message: FromSiteThread) => this.receive(thread, message))
    worker.on('error', (error) => this.fail(reasonOf(error, maxHeapMb)))
    worker.on('exit', (code) => this.fail(new Error(`A thread that renders the site ended with exit code ${code}`)))
    return thread
  }

  private receive(thread: Thread, message: FromSiteThread): void {
    if (message.type === 'ready') thread.isReady = true
    else if (message.type === 'made') thread.waiting.shift()?.resolve(message.made)
    else this.fail(message.error)
  }

  private readonly abort = (): void => this.fail(abortError())

  private fail(error: unknown): void {
    this.failure ??= { error }
    for (const thread of this.threads) {
      thread.isReady = false
      for (const { reject } of thread.waiting.splice(0)) reject(this.failure.error)
    }
  }
}

/** Without facts and the bytes of pictures, which no page shows, and without texts: a second copy of all fills the memory. */
function shownByPages({ facts: _, ...input }: SiteInput): SiteInput {
  const images = Array.from(
    input.images ?? [],
    ([path, image]) => [path, image && { ...image, content: null }] as const,
  )
  const pages = input.pages.map((page) => ({ ...page, markdown: '' }))
  return { ...input, pages, images: new Map(images) }
}

function reasonOf(error: unknown, maxHeapMb: number): unknown {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isMemory) return error
  const message = `Rendering the site needed more than ${maxHeapMb} MB of memory in one thread: a page of it is too large`
  return new DocsfyError('limit_reached', message, { cause: error })
}
