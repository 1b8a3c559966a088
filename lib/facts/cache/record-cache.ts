import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FileRecord, recordOf } from '#lib/facts/read-record.ts'
import { OpenPack, type PackedEntry, PackWriter, packedText, packName } from './pack-file.ts'

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
 * are written once and never changed, so that any number of processes may use the folder at the same time. A folder that
 * cannot be read or written is as good as an empty one: nothing here throws.
 */
export class RecordCache {
  private readonly folder: string
  private readonly prefix: string
  private readonly packs: OpenPack[]
  private readonly known: Map<string, PackedEntry>
  private readonly used = new Map<string, PackedEntry>()
  private touched: { count: number; keys: () => Iterable<RecordKey> } | null = null
  private writer: PackWriter | null = null
  private writtenBytes = 0
  private isBroken = false

  /** Opens the packs in `folder` that `version` wrote; damaged ones count as absent. */
  constructor(folder: string, version: string) {
    this.folder = folder
    this.prefix = `${PREFIX}${version}`
    this.packs = oldestFirst(folder, (name) => name.startsWith(this.prefix)).map((path) => new OpenPack(path))
    this.known = new Map()
    for (const { entries } of this.packs) for (const entry of entries) this.known.set(entry.key, entry)
  }

  /** Whether something is kept of a file; it may turn out to be damaged. */
  has(wanted: RecordKey): boolean {
    return this.known.has(nameOf(wanted))
  }

  /** What was read from a file before; null when nothing was, or when it is damaged. */
  take(wanted: RecordKey): FileRecord | null {
    const key = nameOf(wanted)
    const entry = this.known.get(key)
    const text = entry ? packedText(entry) : null
    if (!entry || text === null) return null
    this.used.set(key, entry)
    return recordOf(text)
  }

  /** Notes that so many records are of use though nobody reads them now; which ones is asked only where it matters. */
  touch(count: number, keys: () => Iterable<RecordKey>): void {
    this.touched = { count, keys }
  }

  /** Keeps the JSON of a record for the next run. */
  put(key: RecordKey, json: string): void {
    this.writtenBytes += json.length
    this.attempt(() => {
      this.writer ??= new PackWriter(join(this.folder, packName(this.prefix)))
      this.writer.add(nameOf(key), json)
    })
  }

  /** Makes what was added visible, and puts the packs together when they have become many or hold much that is not used. */
  save(): void {
    this.attempt(() => {
      if (!this.writer) return
      const isScattered = this.packs.length >= MAX_PACKS || this.holdsMuchUnused()
      if (isScattered)
        for (const entry of this.worthKeeping(this.writtenBytes + this.usedBytes())) this.writer.copy(entry)
      this.writer.finish()
      this.writer = null
      if (isScattered) for (const { path } of this.packs) rmSync(path, { force: true })
      // Packs of an earlier extractor are of no use to anybody.
      for (const path of oldestFirst(this.folder, (name) => name.startsWith(PREFIX) && !name.startsWith(this.prefix)))
        rmSync(path, { force: true })
    })
  }

  /** Leaves nothing half written behind. */
  close(): void {
    this.writer?.discard()
    for (const pack of this.packs) pack.close()
  }

  private holdsMuchUnused(): boolean {
    if (this.touched && this.known.size < 2 * this.touched.count) return false
    return bytesOf(this.known.values()) > 3 * (this.writtenBytes + this.usedBytes()) + MAX_BYTES / 64
  }

  private usedBytes(): number {
    for (const wanted of this.touched?.keys() ?? []) {
      const key = nameOf(wanted)
      const entry = this.known.get(key)
      if (entry) this.used.set(key, entry)
    }
    this.touched = null
    return bytesOf(this.used.values())
  }

  /** Everything this run used, and as much again of what other branches used last. */
  private worthKeeping(usedBytes: number): PackedEntry[] {
    let room = Math.min(usedBytes, MAX_BYTES)
    const others: PackedEntry[] = []
    for (const entry of [...this.known.values()].reverse()) {
      if (this.used.has(entry.key)) continue
      room -= entry.bytes
      if (room < 0) break
      others.push(entry)
    }
    return [...others, ...this.used.values()]
  }

  private attempt(work: () => void): void {
    if (this.isBroken) return
    try {
      work()
    } catch {
      this.isBroken = true
    }
  }
}

function nameOf({ path, oid, declared }: RecordKey): string {
  return `${oid} ${declared ?? ''} ${path}`
}

function bytesOf(entries: Iterable<PackedEntry>): number {
  let sum = 0
  for (const { bytes } of entries) sum += bytes
  return sum
}

function oldestFirst(folder: string, isWanted: (name: string) => boolean): string[] {
  return namesIn(folder)
    .filter((name) => isWanted(name) && name.endsWith('.pack'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, changedMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.changedMs - b.changedMs)
    .map(({ path }) => path)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
