import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { constants, inflateSync } from 'node:zlib'
import { applyDelta, deltaResultSize } from './delta.ts'
import type { GitObject } from './object-store.ts'
import { ENTRY_HEADER_BYTES, type PackEntry, parseEntry } from './pack-entry.ts'
import { type PackIndex, readPackIndex } from './pack-index.ts'

const MAX_CHAIN = 5000
/** Enough compressed bytes for the two sizes a delta begins with, behind the tables of the compression. */
const DELTA_START_BYTES = 1024
/** More makes reading no faster, and what is held here is in memory for as long as a run. */
const CACHE_BYTES = 8 * 1024 * 1024

export interface PackTools {
  /** Largest object that is read, in bytes. */
  maxObjectBytes: number
  /** Finds a base outside this pack. */
  readElsewhere(oid: Buffer): GitObject
  tooLarge(size: number): Error
}

const openFiles = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor))

/** One pack and its index. Objects are read one by one; the pack is never in memory as a whole. */
export class Pack {
  private readonly index: PackIndex
  private readonly path: string
  private readonly tools: PackTools
  private readonly cache = new BaseCache(CACHE_BYTES)
  private file: { descriptor: number; bytes: number } | null = null

  /** `path` ends in `.pack`; its index lies beside it. Throws when the index is torn. */
  constructor(path: string, tools: PackTools) {
    this.index = readPackIndex(path.replace(/pack$/, 'idx'))
    this.path = path
    this.tools = tools
  }

  get checksum(): Buffer {
    return this.index.packChecksum
  }

  /** Opens the file, so that it stays readable when another run replaces the store. */
  hold(): void {
    this.open()
  }

  has(oid: Buffer): boolean {
    return this.index.offsetOf(oid) !== null
  }

  idsBeginningWith(digits: string): string[] {
    return this.index.idsBeginningWith(digits)
  }

  /** Size of an object; of a delta only the beginning is unpacked, which says what it makes. */
  sizeOf(oid: Buffer): number {
    const offset = this.index.offsetOf(oid)
    if (offset === null) return 0
    const { type, size, dataAt } = parseEntry(this.bytes(offset, ENTRY_HEADER_BYTES), offset)
    if (type) return size
    const start = this.bytes(dataAt, DELTA_START_BYTES)
    return deltaResultSize(inflateSync(start, { finishFlush: constants.Z_SYNC_FLUSH }))
  }

  /** The object, or null when this pack does not hold it. */
  read(oid: Buffer): GitObject | null {
    const offset = this.index.offsetOf(oid)
    return offset === null ? null : this.readAt(offset)
  }

  /** Follows deltas down to a whole object, then applies them upwards. */
  private readAt(offset: number): GitObject {
    const deltas: { offset: number; delta: Buffer }[] = []
    let at: number | null = offset
    let object = this.cache.get(offset)
    while (!object && at !== null) {
      const step = this.step(at)
      if (step.delta) deltas.push({ offset: at, delta: step.delta })
      if (deltas.length > MAX_CHAIN) throw new Error('A chain of deltas is too long')
      at = step.delta ? step.base : at
      object = step.object ?? (at === null ? undefined : this.cache.get(at))
    }
    if (!object) throw new Error('A chain of deltas has no end')
    for (const { offset: own, delta } of deltas.reverse()) {
      if (at !== null) this.cache.set(at, object)
      object = { type: object.type, data: applyDelta(object.data, delta) }
      at = own
    }
    return object
  }

  /** What lies at an offset: a whole object, or a delta with the offset of its base or a base from elsewhere. */
  private step(at: number): { object?: GitObject; delta?: Buffer; base: number | null } {
    const stored = parseEntry(this.bytes(at, ENTRY_HEADER_BYTES), at)
    this.refuseLarge(stored.size)
    const data = this.inflate(stored)
    if (stored.type) return { object: { type: stored.type, data }, base: null }
    this.refuseLarge(deltaResultSize(data))
    if (typeof stored.base === 'number') return { delta: data, base: stored.base }
    const id = stored.base ?? Buffer.alloc(0)
    const base = this.index.offsetOf(id)
    return base === null ? { delta: data, base, object: this.tools.readElsewhere(id) } : { delta: data, base }
  }

  private refuseLarge(size: number): void {
    if (size > this.tools.maxObjectBytes) throw this.tools.tooLarge(size)
  }

  private inflate({ size, dataAt }: PackEntry): Buffer {
    const compressed = this.bytes(dataAt, size + Math.ceil(size / 512) + 64)
    // In one piece: the usual ones of 16 KB would be put together afterwards. One byte more says that nothing follows.
    const data = inflateSync(compressed, {
      maxOutputLength: Math.max(size, 1),
      chunkSize: Math.max(size + 1, constants.Z_MIN_CHUNK),
    })
    if (data.length !== size) throw new Error('An object has not the size its header says')
    return data
  }

  private bytes(from: number, length: number): Buffer {
    const { descriptor, bytes } = this.open()
    const wanted = Math.min(length, bytes - from)
    if (wanted <= 0) throw new Error('A pack is shorter than its index says')
    const buffer = Buffer.allocUnsafe(wanted)
    return buffer.subarray(0, readSync(descriptor, buffer, 0, wanted, from))
  }

  private open(): { descriptor: number; bytes: number } {
    if (this.file) return this.file
    const descriptor = openSync(this.path, 'r')
    openFiles.register(this, descriptor)
    this.file = { descriptor, bytes: fstatSync(descriptor).size }
    return this.file
  }
}

/** Recently used bases of deltas, by their offset; the oldest leave when they take too much memory together. */
class BaseCache {
  private readonly objects = new Map<number, GitObject>()
  private bytes = 0
  private readonly maxBytes: number

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  get(offset: number): GitObject | undefined {
    const object = this.objects.get(offset)
    if (object) {
      this.objects.delete(offset)
      this.objects.set(offset, object)
    }
    return object
  }

  set(offset: number, object: GitObject): void {
    if (this.objects.has(offset) || object.data.length > this.maxBytes / 4) return
    this.objects.set(offset, object)
    this.bytes += object.data.length
    for (const [oldest, { data }] of this.objects) {
      if (this.bytes <= this.maxBytes) return
      this.objects.delete(oldest)
      this.bytes -= data.length
    }
  }
}
