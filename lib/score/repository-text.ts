import { hash } from 'node:crypto'
import type { Snapshot, TreeEntry } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { CheckMemory } from '#lib/score/check-memory.ts'

const MAX_TEXT_BYTES = 2_000_000
const ENVIRONMENT_NAME = /^[A-Z][A-Z0-9_]+$/

/** The text of a commit as the score reads it: paths, line counts, and which words occur. Each answer comes from the objects. */
export class RepositoryText {
  private readonly snapshot: Snapshot
  private readonly signal: AbortSignal
  private readonly entries: Map<string, TreeEntry>
  private readonly folders = new Set<string>()
  private readonly oids: Set<string>
  private readonly memory: CheckMemory
  private knownPathsKey: string | null = null

  constructor(snapshot: Snapshot, signal: AbortSignal, memory = new CheckMemory()) {
    this.memory = memory
    this.snapshot = snapshot
    this.signal = signal
    this.entries = new Map(snapshot.entries.map((entry) => [entry.path, entry]))
    this.oids = new Set(snapshot.entries.map(({ oid }) => oid))
    for (const { path } of snapshot.entries) {
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end)
        if (this.folders.has(folder)) break
        this.folders.add(folder)
      }
    }
  }

  /** A folder may end in a slash. */
  hasPath(path: string): boolean {
    return this.entries.has(path) || this.folders.has(path.replace(/\/$/, ''))
  }

  /** Whether a file of the commit has this Git id. */
  hasFile(oid: string): boolean {
    return this.oids.has(oid)
  }

  /** Equal where all paths are. */
  get pathsKey(): string {
    this.knownPathsKey ??= hash('sha256', [...this.entries.keys()].join('\n')).slice(0, 32)
    return this.knownPathsKey
  }

  /** Number of lines of a file (a last line without line feed counts); null when there is no such file. */
  async lineCount(path: string): Promise<number | null> {
    const entry = this.entries.get(path)
    if (!entry) return null
    const known = this.memory.linesOf(entry.oid)
    if (known !== null) return known
    throwIfAborted(this.signal)
    const bytes = (await this.snapshot.readBlob(entry.oid)) ?? new Uint8Array()
    let lines = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0
    for (const byte of bytes) if (byte === 10) lines += 1
    this.memory.keepLines(entry.oid, lines)
    return lines
  }

  /**
   * Those of `wanted` that occur as whole words (with dashes: as a whole with them) in a path or a text file; names in
   * capitals in any letter case.
   * Reads `likely` files first and stops as soon as every word was found.
   */
  async knownWords(wanted: Set<string>, likely: Set<string>): Promise<Set<string>> {
    const exact = new Set([...wanted].filter((word) => !ENVIRONMENT_NAME.test(word)))
    const anyCase = new Map(
      [...wanted].filter((word) => ENVIRONMENT_NAME.test(word)).map((word) => [word.toLowerCase(), word]),
    )
    const hasDashes = [...exact].some((word) => word.includes('-'))
    const found = new Set<string>()
    const keep = (word: string, oid: string | null) => {
      found.add(word)
      if (oid !== null) this.memory.keepWord(word, oid)
    }
    const take = (text: string, oid: string | null) => {
      if (hasDashes)
        for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*(?:-[\w$]+)+/g)) if (exact.delete(word)) keep(word, oid)
      for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
        if (exact.delete(word)) keep(word, oid)
        const name = anyCase.size > 0 ? anyCase.get(word.toLowerCase()) : undefined
        if (name === undefined) continue
        keep(name, oid)
        anyCase.delete(name.toLowerCase())
      }
    }
    take([...this.entries.keys()].join('\n'), null)
    for (const [word, oid] of this.remembered([...exact, ...anyCase.values()])) {
      keep(word, oid)
      // Not both: `post` that is known says nothing of `POST`.
      if (ENVIRONMENT_NAME.test(word)) anyCase.delete(word.toLowerCase())
      else exact.delete(word)
    }
    const first = [...this.entries.values()].filter(({ path }) => likely.has(path))
    const rest = [...this.entries.values()].filter(({ path }) => !likely.has(path))
    for (const entry of [...first, ...rest]) {
      if (exact.size + anyCase.size === 0) break
      throwIfAborted(this.signal)
      const bytes = await this.snapshot.readBlob(entry.oid)
      if (bytes && bytes.length <= MAX_TEXT_BYTES && !bytes.subarray(0, 8000).includes(0))
        take(new TextDecoder('latin1').decode(bytes), entry.oid)
    }
    return found
  }

  /** Words of which a file is known that has them and is still in the commit, with that file. */
  private remembered(words: string[]): [word: string, oid: string][] {
    return words.flatMap((word): [string, string][] => {
      const oid = this.memory.fileWith(word)
      return oid !== null && this.oids.has(oid) ? [[word, oid]] : []
    })
  }
}
