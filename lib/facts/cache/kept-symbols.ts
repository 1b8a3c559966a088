import type { SymbolFact } from '#lib/domain/facts.ts'
import { lastAt } from '#lib/facts/last-at.ts'
import { unpackName, unpackSymbol, unpackSymbols } from '#lib/facts/packed-symbols.ts'
import type { SymbolList } from '#lib/facts/symbol-list.ts'
import { type SymbolPart, symbolCount, symbolPart } from './part-bytes.ts'

interface Part {
  /** Place of its first symbol. */
  from: number
  count: number
  bytes: Buffer
  read: SymbolPart | null
}

/** The symbols of kept facts: each is made when it is asked for, which few are where little changed. */
export class KeptSymbols implements SymbolList {
  private readonly parts: Part[] = []
  private readonly made = new Map<number, SymbolFact>()
  private count = 0

  get length(): number {
    return this.count
  }

  /** Adds what `symbolBytes` made of the symbols that follow; tells how many these are. */
  add(bytes: Buffer): number {
    const count = symbolCount(bytes)
    this.parts.push({ from: this.count, count, bytes, read: null })
    this.count += count
    return count
  }

  get(at: number): SymbolFact | undefined {
    const known = this.made.get(at)
    if (known) return known
    const part = this.partOf(at)
    if (!part) return undefined
    const { packed, startOf } = readPart(part)
    const symbol = unpackSymbol(packed, startOf(at - part.from), (above) => this.get(part.from + above)?.id ?? null)
    this.made.set(at, symbol)
    return symbol
  }

  nameAt(at: number): string {
    const part = this.partOf(at)
    if (!part) return ''
    const { packed, startOf } = readPart(part)
    return unpackName(packed, startOf(at - part.from))
  }

  sourceOf(): number {
    return -1
  }

  all(): SymbolFact[] {
    const all: SymbolFact[] = []
    for (const { bytes } of this.parts)
      for (const symbol of unpackSymbols(symbolPart(bytes, 'all').packed)) all.push(symbol)
    return all
  }

  private partOf(at: number): Part | undefined {
    if (at < 0 || at >= this.count) return undefined
    return lastAt(this.parts, at, ({ from }) => from)
  }
}

function readPart(part: Part): SymbolPart {
  part.read ??= symbolPart(part.bytes, 'few')
  return part.read
}
