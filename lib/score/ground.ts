import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { RepositoryText } from '#lib/score/repository-text.ts'

const KEPT_CHARS = 30_000_000

/** What is held against the pages: the text of the commit and the facts found in it. */
export class Ground {
  readonly facts: Facts
  readonly text: RepositoryText
  /** Symbols by their own name, and by their qualified one. */
  readonly symbols: Map<string, SymbolFact[]>
  private readonly snapshot: Snapshot
  private readonly signal: AbortSignal
  private readonly oids: Map<string, string>
  private readonly lines = new Map<string, string[]>()
  private keptChars = 0

  constructor({ snapshot, facts, signal }: { snapshot: Snapshot; facts: Facts; signal: AbortSignal }) {
    this.facts = facts
    this.snapshot = snapshot
    this.signal = signal
    this.text = new RepositoryText(snapshot, signal)
    this.oids = new Map(snapshot.entries.map(({ path, oid }) => [path, oid]))
    this.symbols = new Map()
    for (const symbol of facts.symbols)
      for (const name of new Set([symbol.name, symbol.qualified]))
        this.symbols.set(name, [...(this.symbols.get(name) ?? []), symbol])
  }

  get commit(): string {
    return this.snapshot.commit
  }

  /** Lines of a text file; null when there is no such file or it cannot be read as text. */
  async linesOf(path: string): Promise<string[] | null> {
    const known = this.lines.get(path)
    if (known) return known
    const oid = this.oids.get(path)
    if (oid === undefined) return null
    throwIfAborted(this.signal)
    const bytes = await this.snapshot.readBlob(oid)
    if (!bytes || bytes.subarray(0, 8000).includes(0)) return null
    const lines = new TextDecoder().decode(bytes).split('\n')
    if (lines.at(-1) === '') lines.pop()
    this.keptChars += bytes.length
    if (this.keptChars > KEPT_CHARS) {
      this.lines.clear()
      this.keptChars = bytes.length
    }
    this.lines.set(path, lines)
    return lines
  }
}
