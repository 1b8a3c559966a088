import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Facts, FileFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Assembled } from '#lib/facts/assemble-facts.ts'
import type { FactLimits } from '#lib/facts/discovery.ts'
import { withSymbols } from '#lib/facts/symbol-list.ts'
import type { Trace } from '#lib/facts/trace.ts'
import { extractorVersion } from './extractor-version.ts'
import { type ReadFacts, readFacts, readFiles, writeFacts } from './facts-parts.ts'
import { OpenPack, type PackedEntry, PackWriter } from './pack-file.ts'
import { listOf } from './part-bytes.ts'
import { RecordCache } from './record-cache.ts'
import { readTrace, writeTrace } from './trace-parts.ts'

const KEPT_FACTS = 3
/** Facts that would refer to more packs, or to packs that hold so much more than is used, are written as a whole. */
const MOST_REFERRED = 8
const MOST_UNUSED = 2
/** All repositories together; the ones that were used longest ago leave. */
const MAX_TOTAL_BYTES = 4 * 1024 * 1024 * 1024
const PREFIX = 'facts-'

export interface FactsCacheRequest {
  /** Folder of this repository alone; the folders of all repositories stand beside each other. */
  folder: string
  snapshot: Snapshot
  name: string
  limits: FactLimits
}

/** Facts of another commit with what they were made by; their pack stays open until `close`. */
export interface FactsBefore extends ReadFacts {
  trace: Trace
  /** Whether facts that refer to the packs of these take no more room than they should. */
  isCompact: boolean
  close(): void
}

/** What earlier runs know of a repository: its facts when nothing changed, else the records of its files. */
export class FactsCache {
  private readonly folder: string
  private readonly version: string
  private readonly factsFile: string
  private readonly factsKey: string
  /** Names what facts of other commits must have in common with these. */
  private readonly traceKey: string

  constructor({ folder, snapshot, name, limits }: FactsCacheRequest) {
    const { maxFileBytes, maxLineChars } = limits
    const hash = (values: unknown) => createHash('sha256').update(JSON.stringify(values)).digest('hex')
    this.folder = folder
    this.version = hash([extractorVersion(), maxFileBytes, maxLineChars]).slice(0, 16)
    const { commit, committedAt, entries, skippedEntries } = snapshot
    let files = ''
    for (const { path, oid, executable } of entries) files += `${path}\0${oid}${executable ? '*' : ''}\0`
    this.factsKey = hash([this.version, limits, name, commit, committedAt, files, skippedEntries])
    this.traceKey = hash([this.version, limits, name])
    this.factsFile = join(folder, `${PREFIX}${this.factsKey.slice(0, 32)}.pack`)
  }

  /** The facts of this very commit; null when they are not here or are damaged. */
  async facts(): Promise<Facts | null> {
    const pack = new OpenPack(this.factsFile)
    try {
      const facts = pack.entries.at(-1)?.key === this.factsKey ? readFacts(pack) : null
      if (facts) await this.noteUse(pack.paths)
      return facts && wholeFacts(facts)
    } finally {
      pack.close()
    }
  }

  /**
   * The facts that were used last, of another commit; null when there are none, when they are damaged, or when `isOfUse`
   * says of their files that the rest need not be read.
   */
  async factsBefore(isOfUse: (files: FileFact[]) => boolean): Promise<FactsBefore | null> {
    const [newest] = (await filesOf(this.folder)).filter(({ name }) => name.startsWith(PREFIX))
    if (!newest) return null
    const pack = new OpenPack(newest.path)
    const files = pack.entries.at(-2)?.key === this.traceKey ? readFiles(pack) : null
    const read = files && isOfUse(files) ? readFacts(pack) : null
    const trace = read && readTrace(pack, read)
    if (trace) return { ...read, trace, isCompact: await isCompact(pack), close: () => pack.close() }
    pack.close()
    return null
  }

  records(): RecordCache {
    return new RecordCache(this.folder, this.version)
  }

  /** Keeps facts for the next run at the same commit, and for runs at others; parts of `before` are taken as they are. */
  async keep({ facts, symbols, trace }: Assembled, before: FactsBefore | null = null): Promise<void> {
    const writer = new PackWriter(this.factsFile)
    try {
      const take = (entry: PackedEntry) => (before?.isCompact ? writer.refer(entry) : writer.copy(entry))
      writeFacts(writer, { facts, symbols }, before && { read: before, take })
      writeTrace(writer, trace, facts)
      writer.add(this.traceKey, 'true')
      writer.add(this.factsKey, 'true')
      writer.finish()
    } catch (error) {
      writer.discard()
      throw error
    }
    await this.removeOlder()
  }

  /** Packs that newer ones refer to stay. */
  private async removeOlder(): Promise<void> {
    const packs = (await filesOf(this.folder)).filter(({ name }) => name.startsWith(PREFIX))
    const needed = new Set(packs.slice(0, KEPT_FACTS).flatMap(({ path }) => pathsOf(path)))
    for (const { path } of packs) if (!needed.has(path)) await rm(path, { force: true })
  }

  /** The pack that was used stays newer than those it refers to. */
  private async noteUse([own, ...others]: string[]): Promise<void> {
    const nowSeconds = Date.now() / 1000
    for (const path of others) await utimes(path, nowSeconds - 1, nowSeconds - 1).catch(() => {})
    if (own !== undefined) await utimes(own, nowSeconds, nowSeconds).catch(() => {})
  }

  /** Removes what was used longest ago while all repositories together take too much room. */
  async evict(maxBytes = MAX_TOTAL_BYTES): Promise<void> {
    const root = dirname(this.folder)
    const names = await readdir(root).catch(() => [])
    const files = (await Promise.all(names.map((name) => filesOf(join(root, name))))).flat()
    let bytes = 0
    for (const { path, size } of files.sort((a, b) => b.usedMs - a.usedMs)) {
      bytes += size
      if (bytes > maxBytes && dirname(path) !== this.folder) await rm(path, { force: true })
    }
  }
}

/** Facts as they are told. */
function wholeFacts({ facts, symbols }: ReadFacts): Facts {
  const { file, symbol, line, target, kind, exact } = facts.references
  const references = {
    file: listOf(file),
    symbol: listOf(symbol),
    line: listOf(line),
    target: listOf(target),
    kind: listOf(kind),
    exact: listOf(exact),
  }
  return withSymbols({ ...facts, references }, symbols)
}

async function isCompact(pack: OpenPack): Promise<boolean> {
  const sizes = await Promise.all(
    pack.paths.map((path) =>
      stat(path)
        .then(({ size }) => size)
        .catch(() => Number.POSITIVE_INFINITY),
    ),
  )
  const used = pack.entries.reduce((sum, { bytes }) => sum + bytes, 0)
  return sizes.length <= MOST_REFERRED && sizes.reduce((sum, size) => sum + size, 0) <= used * MOST_UNUSED
}

/** Paths of a pack and of those it refers to. */
function pathsOf(path: string): string[] {
  const pack = new OpenPack(path)
  pack.close()
  return [path, ...pack.paths]
}

interface CachedFile {
  name: string
  path: string
  size: number
  usedMs: number
}

/** Packs of a folder, the last used first. */
async function filesOf(folder: string): Promise<CachedFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pack'))
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      return found ? [{ name, path, size: found.size, usedMs: found.mtimeMs }] : []
    }),
  )
  return files.flat().sort((a, b) => b.usedMs - a.usedMs)
}
