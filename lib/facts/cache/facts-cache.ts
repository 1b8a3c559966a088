import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Facts } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { FactLimits } from '#lib/facts/discovery.ts'
import { type SymbolRows, symbolRows, symbolsOf } from '#lib/facts/symbol-rows.ts'
import { extractorVersion } from './extractor-version.ts'
import { OpenPack, PackWriter, packedText } from './pack-file.ts'
import { RecordCache } from './record-cache.ts'

const KEPT_FACTS = 3
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

/** What earlier runs know of a repository: its facts when nothing changed, else the records of its files. */
export class FactsCache {
  private readonly folder: string
  private readonly version: string
  private readonly factsFile: string
  private readonly factsKey: string

  constructor({ folder, snapshot, name, limits }: FactsCacheRequest) {
    const { maxFileBytes, maxLineChars } = limits
    const hash = (values: unknown) => createHash('sha256').update(JSON.stringify(values)).digest('hex')
    this.folder = folder
    this.version = hash([extractorVersion(), maxFileBytes, maxLineChars]).slice(0, 16)
    const { commit, committedAt, entries, skippedEntries } = snapshot
    const files = entries.map(({ path, oid, executable }) => [path, oid, executable])
    this.factsKey = hash([this.version, limits, name, commit, committedAt, files, skippedEntries])
    this.factsFile = join(folder, `${PREFIX}${this.factsKey.slice(0, 32)}.pack`)
  }

  /** The facts of this very commit; null when they are not here or are damaged. */
  async facts(): Promise<Facts | null> {
    const pack = new OpenPack(this.factsFile)
    try {
      const facts = pack.entries.at(-1)?.key === this.factsKey ? factsIn(pack) : null
      const now = new Date()
      if (facts) await utimes(this.factsFile, now, now).catch(() => {})
      return facts
    } finally {
      pack.close()
    }
  }

  records(): RecordCache {
    return new RecordCache(this.folder, this.version)
  }

  /** Keeps facts for the next run at the same commit. */
  async keep(facts: Facts): Promise<void> {
    const writer = new PackWriter(this.factsFile)
    try {
      for (const [field, part] of partsOf(facts)) writer.add(field, JSON.stringify(part))
      writer.add(this.factsKey, 'true')
      writer.finish()
    } catch (error) {
      writer.discard()
      throw error
    }
    const older = (await filesOf(this.folder)).filter(({ name }) => name.startsWith(PREFIX)).slice(KEPT_FACTS)
    for (const { path } of older) await rm(path, { force: true })
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

const PART_LENGTH = 2_000

/** Facts in parts that are small enough to be text one after the other; lists are cut. */
function* partsOf(facts: Facts): Iterable<[field: string, part: unknown]> {
  for (const [field, value] of Object.entries(facts)) {
    if (!Array.isArray(value) || value.length === 0) yield [field, value]
    else
      for (let at = 0; at < value.length; at += PART_LENGTH) {
        const part = value.slice(at, at + PART_LENGTH)
        yield [field, field === 'symbols' ? symbolRows(part) : part]
      }
  }
}

/** Null when any part is damaged. */
function factsIn({ entries }: OpenPack): Facts | null {
  const facts: Record<string, unknown> = {}
  for (const entry of entries.slice(0, -1)) {
    const text = packedText(entry)
    if (text === null) return null
    const part = partIn(entry.key, JSON.parse(text))
    const before = facts[entry.key]
    if (!Array.isArray(before) || !Array.isArray(part)) facts[entry.key] = part
    else for (const one of part) before.push(one)
  }
  return facts as unknown as Facts
}

function partIn(field: string, part: unknown): unknown {
  return field === 'symbols' && !Array.isArray(part) ? symbolsOf(part as SymbolRows) : part
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
