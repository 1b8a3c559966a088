import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileRecord } from '#lib/facts/read-record.ts'
import { type PackedEntry, packed, packedText, packName, readPack, writePack } from './pack-file.ts'

/** What a record depends on: parsers look at paths too (`.d.ts`, `__init__.py`, tests), so a moved file is read anew. */
export interface RecordKey {
  path: string
  oid: string
  declared: string | null
}

const MAX_PACKS = 6
const MAX_BYTES = 512 * 1024 * 1024
const PREFIX = 'records-'

/**
 * Records of the files of one repository, kept between runs. They stand in a few packs rather than one file each: packs
 * are written once and never changed, so that any number of processes may use the folder at the same time.
 */
export class RecordCache {
  private readonly folder: string
  private readonly prefix: string
  private readonly packs: string[]
  private readonly known: Map<string, PackedEntry>
  private readonly used = new Map<string, PackedEntry>()
  private readonly added: PackedEntry[] = []

  private constructor(folder: string, prefix: string, packs: { path: string; entries: PackedEntry[] }[]) {
    this.folder = folder
    this.prefix = prefix
    this.packs = packs.map(({ path }) => path)
    this.known = new Map(packs.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry] as const)))
  }

  /** Opens the packs in `folder` that `version` wrote; damaged ones count as absent. Never throws. */
  static async open(folder: string, version: string): Promise<RecordCache> {
    const prefix = `${PREFIX}${version}`
    const paths = await oldestFirst(folder, (name) => name.startsWith(prefix))
    const packs = await Promise.all(paths.map(async (path) => ({ path, entries: (await readPack(path)) ?? [] })))
    return new RecordCache(folder, prefix, packs)
  }

  /** What was read from a file before; null when nothing was, or when it is damaged. */
  take(wanted: RecordKey): FileRecord | null {
    const key = nameOf(wanted)
    const entry = this.known.get(key)
    const text = entry ? packedText(entry) : null
    if (!entry || text === null) return null
    this.used.set(key, entry)
    return JSON.parse(text) as FileRecord
  }

  /** Keeps the JSON of a record for the next run. */
  put(key: RecordKey, json: string): void {
    const entry = packed(nameOf(key), json)
    this.added.push(entry)
    this.used.set(entry.key, entry)
  }

  /** Writes what was added, and puts the packs together when they have become many or hold much that is not used. */
  async save(): Promise<void> {
    if (this.added.length === 0) return
    const usedBytes = bytesOf(this.used.values())
    const isScattered = this.packs.length >= MAX_PACKS || bytesOf(this.known.values()) > 3 * usedBytes
    const entries = isScattered ? this.worthKeeping(usedBytes) : this.added
    await writePack(join(this.folder, packName(this.prefix)), entries)
    if (isScattered) for (const path of this.packs) await rm(path, { force: true })
    await this.removeOthers()
  }

  /** Everything this run used, then as much again of what other branches used last. */
  private worthKeeping(usedBytes: number): PackedEntry[] {
    const kept = [...this.used.values()]
    let bytes = usedBytes
    const room = Math.min(2 * usedBytes, MAX_BYTES)
    for (const entry of [...this.known.values()].reverse()) {
      if (this.used.has(entry.key)) continue
      bytes += entry.text.length
      if (bytes > room) break
      kept.unshift(entry)
    }
    return kept
  }

  /** Packs of an earlier extractor are of no use to anybody. */
  private async removeOthers(): Promise<void> {
    const others = await oldestFirst(this.folder, (name) => name.startsWith(PREFIX) && !name.startsWith(this.prefix))
    for (const path of others) await rm(path, { force: true })
  }
}

function nameOf({ path, oid, declared }: RecordKey): string {
  return `${oid} ${declared ?? ''} ${path}`
}

function bytesOf(entries: Iterable<PackedEntry>): number {
  let bytes = 0
  for (const { text } of entries) bytes += text.length
  return bytes
}

async function oldestFirst(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isWanted)
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { path, changedMs: (await stat(path).catch(() => null))?.mtimeMs ?? 0 }
    }),
  )
  return found.sort((a, b) => a.changedMs - b.changedMs).map(({ path }) => path)
}
