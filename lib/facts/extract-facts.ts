import type { Facts } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { type Assembled, assembleFacts } from './assemble-facts.ts'
import { type FactsBefore, FactsCache } from './cache/facts-cache.ts'
import { type CollectRequest, collect } from './collect.ts'
import type { Collected } from './collected.ts'
import { DEFAULT_LIMITS, type FactLimits } from './discovery.ts'
import { isLasting } from './read-record.ts'
import { DEFAULT_THREADS, type Threads } from './record-reader.ts'
import { isSmallChange } from './update/reach.ts'
import type { UpdateRequest } from './update/update.ts'
import { updatedFacts } from './update/update-facts.ts'

export interface ExtractRequest {
  snapshot: Snapshot
  /** Display name of the project. */
  name: string
  signal: AbortSignal
  progress: (message: string, done?: number, total?: number) => void
  limits?: Partial<FactLimits>
  threads?: Threads
  /** Folder of this repository alone for what the next run need not read again; null keeps nothing. */
  cacheDir?: string | null
}

/**
 * Everything known about a repository at one commit, from its objects alone. The same commit gives equal facts, whatever
 * is cached and however many threads read. Throws the abort error when the signal is aborted, a DocsfyError when an
 * object cannot be read. A cache that cannot be read or written only costs time.
 */
export async function extractFacts(request: ExtractRequest): Promise<Facts> {
  const { snapshot, name, signal, progress, cacheDir, threads = DEFAULT_THREADS } = request
  const limits = { ...DEFAULT_LIMITS, ...request.limits }
  const cache = cacheDir ? new FactsCache({ folder: cacheDir, snapshot, name, limits }) : null
  const kept = await cache?.facts()
  if (kept) {
    progress('Reading files', snapshot.entries.length, snapshot.entries.length)
    return kept
  }
  const work = { snapshot, limits, threads, signal, progress }
  const updated = cache && (await updateWith(cache, work))
  if (updated) return updated
  const assembled = await assembledAnew(cache, { ...work, name })
  if (cache) await keep(cache, assembled)
  return assembled.facts
}

/** Apart from what keeps the facts, so that what the files said is gone from memory by then. */
async function assembledAnew(
  cache: FactsCache | null,
  { name, ...request }: Omit<CollectRequest, 'cache'> & { name: string },
): Promise<Assembled> {
  const collected = await collectWith(cache, request)
  throwIfAborted(request.signal)
  return assembleFacts({ snapshot: request.snapshot, name, collected })
}

/** Facts made from those of another commit, as far as that is kept and little changed; else null. */
async function updateWith(cache: FactsCache, request: Omit<UpdateRequest, 'cache' | 'before'>): Promise<Facts | null> {
  const before = await cache.factsBefore((files) => isSmallChange(files, request.snapshot))
  if (!before) return null
  const records = cache.records()
  try {
    const assembled = await updatedFacts({ ...request, cache: records, before })
    if (!assembled) return null
    throwIfAborted(request.signal)
    records.save()
    await keep(cache, assembled, before)
    return assembled.facts
  } finally {
    records.close()
    before.close()
  }
}

async function collectWith(cache: FactsCache | null, request: Omit<CollectRequest, 'cache'>): Promise<Collected> {
  const records = cache?.records() ?? null
  try {
    const collected = await collect({ ...request, cache: records })
    records?.save()
    return collected
  } finally {
    records?.close()
  }
}

async function keep(cache: FactsCache, assembled: Assembled, before: FactsBefore | null = null): Promise<void> {
  if (!assembled.facts.files.every((fact) => isLasting({ fact }))) return
  try {
    await cache.keep(assembled, before)
    await cache.evict()
  } catch {
    // A full or read-only disk makes the next run slower, and this one no worse.
  }
}
