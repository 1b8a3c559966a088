/** A number that a text always has, and other texts hardly ever. */
export function numberOfText(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** A number for the number of a text inside of something that has another one. */
export function numberInside(around: number, ofText: number): number {
  const hash = Math.imul(Math.imul(around, 0x9e3779b1) ^ ofText, 0x85ebca6b)
  return (hash ^ (hash >>> 15)) >>> 0
}

/**
 * Entries by the number of their key, in typed arrays: a tenth of the time and memory of maps of texts. Entries of other
 * keys may come along: who asks compares.
 */
export class NameTable {
  private readonly heads: Int32Array
  private readonly next: Int32Array
  private readonly keys: Uint32Array

  /** `keys` hold one number per entry. */
  constructor(keys: Uint32Array) {
    let size = 16
    while (size < keys.length) size *= 2
    this.keys = keys
    this.heads = new Int32Array(size).fill(-1)
    this.next = new Int32Array(keys.length)
    for (let entry = keys.length - 1; entry >= 0; entry -= 1) {
      const slot = (keys[entry] ?? 0) & (size - 1)
      this.next[entry] = this.heads[slot] ?? -1
      this.heads[slot] = entry
    }
  }

  /** The first entry of a key; -1 when there is none. */
  first(key: number): number {
    return this.from(this.heads[key & (this.heads.length - 1)] ?? -1, key)
  }

  /** The entry of a key that follows another one, in their order; -1 when there is none. */
  after(entry: number, key: number): number {
    return this.from(this.next[entry] ?? -1, key)
  }

  private from(start: number, key: number): number {
    let entry = start
    while (entry >= 0 && this.keys[entry] !== key) entry = this.next[entry] ?? -1
    return entry
  }
}
