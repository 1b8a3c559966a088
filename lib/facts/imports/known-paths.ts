import { numberOfText } from '#lib/facts/references/name-table.ts'

const LEAST_BYTES = 4_096
const BYTES_PER_PATH = 64

/** Paths of the repository; remembers those that were asked for and are not there, as bits of a filter. */
export class KnownPaths extends Set<string> {
  /** One bit per path that was missed; other paths may share it. Its length is a power of two. */
  readonly misses: Uint8Array
  private noted: Set<string> | null = null

  /** `misses` are those of an earlier set, which stay. */
  constructor(paths: string[], misses: Uint8Array | null = null) {
    super(paths)
    let length = LEAST_BYTES
    while (length < paths.length * BYTES_PER_PATH) length *= 2
    this.misses = misses ? new Uint8Array(misses) : new Uint8Array(length)
  }

  override has(path: string): boolean {
    if (super.has(path)) {
      this.noted?.add(path)
      return true
    }
    const bit = this.bitOf(path)
    this.misses[bit >>> 3] = (this.misses[bit >>> 3] ?? 0) | (1 << (bit & 7))
    return false
  }

  /** What `work` gives, with the paths that it asked for and that are there. */
  watch<Value>(work: () => Value): { value: Value; found: Set<string> } {
    const found = new Set<string>()
    this.noted = found
    const value = work()
    this.noted = null
    return { value, found }
  }

  /** Whether a path may have been asked for in vain; true for some that were not. */
  mayHaveMissed(path: string): boolean {
    const bit = this.bitOf(path)
    return ((this.misses[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0
  }

  private bitOf(path: string): number {
    return numberOfText(path) & (this.misses.length * 8 - 1)
  }
}
