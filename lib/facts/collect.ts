import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { FileFact } from '#lib/domain/facts.ts'
import type { Snapshot, TreeEntry } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import type { RecordCache } from './cache/record-cache.ts'
import type { Collected } from './collected.ts'
import { declaredRoles, type FactLimits, tooLarge } from './discovery.ts'
import type { Declared } from './git-attributes.ts'
import { languageOf } from './languages.ts'
import { bare, type FileRecord, overBudget } from './read-record.ts'
import { RecordReader, type Threads } from './record-reader.ts'
import { roleOfPath } from './roles.ts'
import { unreadEntries } from './unread-entries.ts'

export interface CollectRequest {
  snapshot: Snapshot
  limits: FactLimits
  threads: Threads
  cache: RecordCache | null
  signal: AbortSignal
  progress: (message: string, done?: number, total?: number) => void
}

const FILES_PER_REPORT = 100
const MAX_STALL_MS = 20
const READING = 'Reading files'

/** What every file of a snapshot says, in the order of the snapshot: neither threads nor the cache change it. */
export async function collect(request: CollectRequest): Promise<Collected> {
  const { snapshot, limits, signal, progress } = request
  const entries = snapshot.entries.slice(0, limits.maxFiles)
  const records = await readRecords(request, entries)
  throwIfAborted(signal)
  progress(READING, entries.length, entries.length)
  const collected = joined(records)
  if (entries.length < snapshot.entries.length)
    collected.limits.unshift(`Only the first ${entries.length} of ${snapshot.entries.length} files were read.`)
  collected.limits.push(...unreadEntries(snapshot))
  return collected
}

/** What each of these files of a snapshot says. */
export async function readRecords(request: CollectRequest, entries: TreeEntry[]): Promise<FileRecord[]> {
  const { snapshot, limits, threads, cache, signal, progress } = request
  const declaredOf = await declaredRoles(snapshot)
  const files = entries.map((entry) => {
    const declared = declaredOf(entry.path)
    return { entry, key: { path: entry.path, oid: entry.oid, declared }, holdsCode: isCode(entry, declared) }
  })
  const records: FileRecord[] = []
  const codeFiles = files.filter(({ key, holdsCode }) => holdsCode && !cache?.has(key)).length
  const reader = new RecordReader({ snapshot, codeFiles, limits, threads, signal })
  const budget = codeBudget(limits)
  let lastPause = performance.now()
  try {
    for (const [index, { entry, key, holdsCode }] of files.entries()) {
      throwIfAborted(signal)
      if (index % FILES_PER_REPORT === 0) progress(READING, index, entries.length)
      const known = cache?.take(key) ?? null
      const bytes = known ? null : await snapshot.readBlob(entry.oid)
      if (known) records[index] = budget.isOver(holdsCode, known.fact.bytes) ? listedOnly(known, limits) : known
      else if (!bytes) records[index] = bare(tooLarge(entry))
      else {
        const isOver = budget.isOver(holdsCode, bytes.length)
        await reader.read({ entry: key, bytes, declared: key.declared, isOver, limits }, (record, json) => {
          records[index] = record
          if (json !== null) cache?.put(key, json)
        })
      }
      if (performance.now() - lastPause < MAX_STALL_MS) continue
      await yieldToEventLoop()
      lastPause = performance.now()
    }
    await reader.finish()
    return records
  } finally {
    await reader.close()
  }
}

/** How much code is parsed in all: decided by paths, attributes and sizes alone, so that it does not depend on who reads when. */
function codeBudget({ maxFileBytes, maxParsedBytes }: FactLimits) {
  let used = 0
  return {
    isOver(isCode: boolean, bytes: number): boolean {
      if (!isCode || bytes > maxFileBytes) return false
      if (used + bytes > maxParsedBytes) return true
      used += bytes
      return false
    },
  }
}

/** Whether a file may be parsed, by its path and what `.gitattributes` say of it. */
export function isCode({ path }: Pick<TreeEntry, 'path'>, declared: Declared | null = null): boolean {
  return languageOf(path)?.grammar != null && !/^(?:binary|vendored|generated|docs)$/.test(roleOfPath(path, declared))
}

function listedOnly(record: FileRecord, limits: FactLimits): FileRecord {
  if (!record.parsed) return record
  return { ...record, parsed: null, fact: { ...record.fact, header: null, skipped: overBudget(limits) } }
}

function joined(records: FileRecord[]): Collected {
  const collected: Collected = { files: [], parsed: new Map(), documents: [], texts: new Map(), limits: [] }
  for (const { fact, document, parsed, text } of records) {
    collected.files.push(fact)
    if (document) collected.documents.push(document)
    if (parsed) collected.parsed.set(fact.path, parsed)
    if (text !== null) collected.texts.set(fact.path, text)
  }
  collected.limits.push(...skippedFiles(collected.files))
  return collected
}

const EXPECTED_REASONS = /^(?:binary|vendored|generated|minified)/

/** Sentences on files that were not read though they might have been. */
export function skippedFiles(files: FileFact[]): string[] {
  const reasons = Map.groupBy(
    files.filter(({ skipped }) => skipped !== null && !EXPECTED_REASONS.test(skipped)),
    ({ skipped }) => (skipped ?? '').replace(/^a line of \d+/, 'a line of too many'),
  )
  return Array.from(
    reasons,
    ([reason, skipped]) =>
      `${skipped.length} file${skipped.length > 1 ? 's were' : ' was'} not read: ${reason} (${skipped[0]?.path}).`,
  )
}
