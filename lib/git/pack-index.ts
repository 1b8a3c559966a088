import { readFileSync } from 'node:fs'

const MAGIC = 0xff744f63
const HEADER_BYTES = 8
const FANOUT_BYTES = 1024
const OID_BYTES = 20

/** Where the objects of one pack begin. Version 2 of the format described in Git's `gitformat-pack`. */
export interface PackIndex {
  /** Offset of an object in the pack, or null when the pack does not hold it. */
  offsetOf(oid: Buffer): number | null
  /** Ids that begin with at least two hexadecimal digits. */
  idsBeginningWith(digits: string): string[]
  /** SHA-1 of the pack, as its last 20 bytes repeat it. */
  packChecksum: Buffer
}

/** Reads an index file. Throws when it is torn or of another version. */
export function readPackIndex(path: string): PackIndex {
  const data = readFileSync(path)
  const count = data.length > HEADER_BYTES + FANOUT_BYTES ? data.readUInt32BE(HEADER_BYTES + FANOUT_BYTES - 4) : -1
  const oids = HEADER_BYTES + FANOUT_BYTES
  const offsets = oids + count * (OID_BYTES + 4)
  const wide = offsets + count * 4
  const whole = count >= 0 && data.length >= wide + 2 * OID_BYTES
  if (!whole || data.readUInt32BE(0) !== MAGIC || data.readUInt32BE(4) !== 2)
    throw new Error('A pack index is torn or of an unknown version')

  function offsetAt(place: number): number {
    const offset = data.readUInt32BE(offsets + place * 4)
    if (offset < 0x80000000) return offset
    return Number(data.readBigUInt64BE(wide + (offset - 0x80000000) * 8))
  }

  return {
    packChecksum: data.subarray(data.length - 2 * OID_BYTES, data.length - OID_BYTES),
    offsetOf(oid) {
      const [first, last] = bucketOf(data, oid[0] ?? 0)
      const place = search({ data, oids, oid, low: first, high: Math.min(last, count) })
      return place === null ? null : offsetAt(place)
    },
    idsBeginningWith(digits) {
      const [first, last] = bucketOf(data, Number.parseInt(digits.slice(0, 2), 16))
      const ids: string[] = []
      for (let place = first; place < Math.min(last, count); place += 1) {
        const id = data.toString('hex', oids + place * OID_BYTES, oids + (place + 1) * OID_BYTES)
        if (id.startsWith(digits)) ids.push(id)
      }
      return ids
    },
  }
}

/** The fan-out table: how many ids begin with a byte up to and including the given one. */
function bucketOf(data: Buffer, firstByte: number): [number, number] {
  const at = HEADER_BYTES + firstByte * 4
  return [firstByte === 0 ? 0 : data.readUInt32BE(at - 4), data.readUInt32BE(at)]
}

interface Search {
  data: Buffer
  oids: number
  oid: Buffer
  low: number
  high: number
}

function search({ data, oids, oid, ...bounds }: Search): number | null {
  let { low, high } = bounds
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = oids + middle * OID_BYTES
    const order = oid.compare(data, at, at + OID_BYTES)
    if (order === 0) return middle
    if (order < 0) high = middle
    else low = middle + 1
  }
  return null
}
