import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { temporaryName } from '#lib/atomic-write.ts'

/** One entry of a pack: where its text stands, and the checksum it had when it was written. */
export interface PackedEntry {
  key: string
  /** Name of the pack that holds the text: another one of the folder where this one only refers to it. */
  pack: string
  /** null when that pack is gone. */
  file: number | null
  at: number
  bytes: number
  checksum: number
}

/** An entry of the list at the end of a pack; the last two for a text that stands in another pack. */
type Listed = [key: string, bytes: number, checksum: number, pack?: string, at?: number]

const TRAILER_BYTES = 32
/** A shorter text is copied: not every few bytes may make another pack last. */
const LEAST_REFERRED_BYTES = 100_000
const BUFFERED_BYTES = 1_000_000

/**
 * The entries of a pack; their texts are read one by one, so that a pack is never in memory as a whole. The file stays
 * readable while it is open, also when another process puts packs together and removes it.
 */
export class OpenPack {
  readonly path: string
  readonly entries: PackedEntry[] = []
  private readonly files = new Map<string, number | null>()

  /** A pack that is missing or damaged has no entries. Never throws. */
  constructor(path: string) {
    this.path = path
    const name = basename(path)
    const file = this.fileOf(name)
    if (file === null) return
    let next = 0
    for (const [key, bytes, checksum, pack = name, at = next] of listOf(file)) {
      this.entries.push({ key, pack, file: this.fileOf(pack), at, bytes, checksum })
      if (pack === name) next += bytes
    }
  }

  /** Paths of this pack and of those it refers to. */
  get paths(): string[] {
    return [...this.files.keys()].map((name) => join(dirname(this.path), name))
  }

  close(): void {
    for (const file of this.files.values()) if (file !== null) closeSync(file)
  }

  private fileOf(name: string): number | null {
    let file = this.files.get(name)
    if (file === undefined) {
      file = opened(join(dirname(this.path), basename(name)))
      this.files.set(name, file)
    }
    return file
  }
}

/** The text of an entry; null when it is not what was written. */
export function packedText(entry: PackedEntry): string | null {
  return packedBytes(entry)?.toString() ?? null
}

/** The bytes of an entry; null when they are not what was written. */
export function packedBytes({ file, at, bytes, checksum }: PackedEntry): Buffer | null {
  const found = bytes === 0 ? Buffer.alloc(0) : bytesAt(file, at, bytes)
  return found && crc32(found) === checksum ? found : null
}

/**
 * Writes a pack under a name of its own, one entry after the other: texts first, then their list, at last the length and
 * the checksum of that list. Whoever reads sees all of it or nothing. It is not forced to disk: what a crash tears, the
 * checksums find, and it can be made again.
 */
export class PackWriter {
  private readonly path: string
  private readonly temporary: string
  private readonly file: number
  private readonly list: Listed[] = []
  private waiting: Buffer[] = []
  private waitingBytes = 0

  /** Throws when the folder cannot be made or written. */
  constructor(path: string) {
    this.path = path
    this.temporary = temporaryName(path)
    mkdirSync(dirname(path), { recursive: true })
    this.file = openSync(this.temporary, 'wx', 0o600)
  }

  add(key: string, content: string | Uint8Array): void {
    const bytes =
      typeof content === 'string'
        ? Buffer.from(content)
        : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    this.list.push([key, bytes.length, crc32(bytes)])
    this.append(bytes)
  }

  /** Adds an entry of another pack as it is; false when that cannot be read. */
  copy({ key, file, at, bytes, checksum }: PackedEntry): boolean {
    const content = bytesAt(file, at, bytes)
    if (!content) return false
    // Damage is found by whoever reads it.
    this.list.push([key, bytes, checksum])
    this.append(content)
    return true
  }

  /** Adds an entry of another pack of the folder without its text: whoever removes that pack tears this one. */
  refer(entry: PackedEntry): boolean {
    const { key, pack, file, at, bytes, checksum } = entry
    if (file === null || bytes < LEAST_REFERRED_BYTES || pack === basename(this.path)) return this.copy(entry)
    this.list.push([key, bytes, checksum, pack, at])
    return true
  }

  /** Makes the pack visible. */
  finish(): void {
    const list = Buffer.from(JSON.stringify(this.list))
    this.append(list)
    this.append(Buffer.from(`${list.length} ${crc32(list)}`.padEnd(TRAILER_BYTES)))
    this.flush()
    closeSync(this.file)
    renameSync(this.temporary, this.path)
  }

  /** Leaves nothing behind. */
  discard(): void {
    closeSync(this.file)
    rmSync(this.temporary, { force: true })
  }

  private append(bytes: Buffer): void {
    this.waiting.push(bytes)
    this.waitingBytes += bytes.length
    if (this.waitingBytes >= BUFFERED_BYTES) this.flush()
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting)
    this.waiting = []
    this.waitingBytes = 0
    for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done)
  }
}

/** A name no other process gives. */
export function packName(prefix: string): string {
  return `${prefix}-${randomUUID()}.pack`
}

function opened(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch {
    return null
  }
}

function listOf(file: number): Listed[] {
  const end = fstatSync(file).size - TRAILER_BYTES
  const [length = 0, checksum = -1] = (bytesAt(file, end, TRAILER_BYTES)?.toString() ?? '').split(' ').map(Number)
  const list = bytesAt(file, end - length, length)
  return list && crc32(list) === checksum ? JSON.parse(list.toString()) : []
}

function bytesAt(file: number | null, at: number, length: number): Buffer | null {
  if (file === null || at < 0 || !(length > 0)) return null
  const bytes = Buffer.allocUnsafe(length)
  return readSync(file, bytes, 0, length, at) === length ? bytes : null
}
