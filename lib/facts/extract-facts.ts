import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Facts, FileFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { assembleFacts } from './assemble-facts.ts'
import type { Collected } from './collected.ts'
import { DEFAULT_LIMITS, declaredRoles, type FactLimits, readFile, tooLarge } from './discovery.ts'
import { documentOf } from './documents.ts'
import { isKeptText } from './kept-texts.ts'
import { languageOfText } from './languages.ts'
import { parseFile } from './parse/parse-file.ts'

export interface ExtractRequest {
  snapshot: Snapshot
  /** Display name of the project. */
  name: string
  signal: AbortSignal
  progress: (message: string, done?: number, total?: number) => void
  limits?: Partial<FactLimits>
}

const FILES_PER_REPORT = 100
const MAX_STALL_MS = 20

/**
 * Everything known about a repository at one commit, from its objects alone. The same commit gives equal facts.
 * Throws the abort error when the signal is aborted, a DocsfyError when an object cannot be read.
 */
export async function extractFacts({ snapshot, name, signal, progress, limits }: ExtractRequest): Promise<Facts> {
  const collected = await collect(snapshot, { ...DEFAULT_LIMITS, ...limits }, { signal, progress })
  throwIfAborted(signal)
  return assembleFacts({ snapshot, name, collected })
}

async function collect(
  snapshot: Snapshot,
  limits: FactLimits,
  { signal, progress }: Pick<ExtractRequest, 'signal' | 'progress'>,
): Promise<Collected> {
  const declared = await declaredRoles(snapshot)
  const collected: Collected = { files: [], parsed: new Map(), documents: [], texts: new Map(), limits: [] }
  const entries = snapshot.entries.slice(0, limits.maxFiles)
  if (entries.length < snapshot.entries.length)
    collected.limits.push(`Only the first ${entries.length} of ${snapshot.entries.length} files were read.`)
  let parsedBytes = 0
  let lastPause = performance.now()
  for (const [index, entry] of entries.entries()) {
    throwIfAborted(signal)
    if (index % FILES_PER_REPORT === 0) progress('Reading files', index, entries.length)
    const bytes = await snapshot.readBlob(entry.oid)
    const { fact, text } = bytes ? readFile(entry, bytes, { limits, declared }) : tooLarge(entry)
    collected.files.push(fact)
    if (text === null) continue
    const isOver = languageOfText(fact.path, text)?.grammar != null && parsedBytes + fact.bytes > limits.maxParsedBytes
    if (isOver) fact.skipped = `over ${limits.maxParsedBytes} bytes of code in all`
    else parsedBytes += await readInto(collected, fact, text)
    if (performance.now() - lastPause > MAX_STALL_MS) {
      await yieldToEventLoop()
      lastPause = performance.now()
    }
  }
  progress('Reading files', entries.length, entries.length)
  noteSkipped(collected)
  return collected
}

/** Keeps what a file says; returns how many bytes were parsed. */
async function readInto(collected: Collected, fact: FileFact, text: string): Promise<number> {
  const { path } = fact
  if (isKeptText(path)) collected.texts.set(path, text)
  if (fact.language === 'Markdown' || fact.language === 'reStructuredText')
    collected.documents.push(documentOf(text, path))
  if (fact.role === 'docs' || languageOfText(path, text)?.grammar == null) return 0
  const parsed = await parseFile(text, path)
  if (typeof parsed === 'string') {
    fact.skipped = parsed
    return fact.bytes
  }
  fact.header = parsed.header
  collected.parsed.set(path, parsed)
  return fact.bytes
}

const EXPECTED_REASONS = /^(?:binary|vendored|generated|minified)/

function noteSkipped({ files, limits }: Collected): void {
  const reasons = Map.groupBy(
    files.filter(({ skipped }) => skipped !== null && !EXPECTED_REASONS.test(skipped)),
    ({ skipped }) => (skipped ?? '').replace(/^a line of \d+/, 'a line of too many'),
  )
  for (const [reason, skipped] of reasons)
    limits.push(
      `${skipped.length} file${skipped.length > 1 ? 's were' : ' was'} not read: ${reason} (${skipped[0]?.path}).`,
    )
}
