import { byteAt, readSize } from './delta.ts'
import type { ObjectType } from './object-store.ts'

const TYPES: Record<number, ObjectType> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const OFS_DELTA = 6
const REF_DELTA = 7

/** Enough bytes for every header: type, size, and the id or offset of a base. */
export const ENTRY_HEADER_BYTES = 40

/** An object as it lies in a pack. A delta has no type of its own but a base: an offset in the pack, or an object id. */
export interface PackEntry {
  type: ObjectType | null
  base: number | Buffer | null
  /** Size of what is compressed: the object, or the delta. */
  size: number
  dataAt: number
}

/** Reads the header of the entry at `offset`, where `bytes` begin. Format: `gitformat-pack`. */
export function parseEntry(bytes: Buffer, offset: number): PackEntry {
  const cursor = { at: 0 }
  const first = byteAt(bytes, cursor)
  const size = (first & 0x0f) + (first & 0x80 ? readSize(bytes, cursor) * 16 : 0)
  const kind = (first >> 4) & 7
  const type = TYPES[kind] ?? null
  const base = baseOf(bytes, { kind, cursor, offset })
  if (!type && base === null) throw new Error('An object of unknown kind')
  return { type, base, size, dataAt: offset + cursor.at }
}

interface BaseOf {
  kind: number
  cursor: { at: number }
  offset: number
}

function baseOf(bytes: Buffer, { kind, cursor, offset }: BaseOf): number | Buffer | null {
  if (kind === REF_DELTA) {
    cursor.at += 20
    return Buffer.from(bytes.subarray(cursor.at - 20, cursor.at))
  }
  if (kind !== OFS_DELTA) return null
  let byte = byteAt(bytes, cursor)
  let back = byte & 0x7f
  while (byte & 0x80) {
    byte = byteAt(bytes, cursor)
    back = (back + 1) * 128 + (byte & 0x7f)
  }
  if (back <= 0 || back >= offset) throw new Error('A delta has its base outside the pack')
  return offset - back
}
