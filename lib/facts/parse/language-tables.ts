import type { Language } from 'web-tree-sitter'
import type { MemoryViews } from '#lib/grammars/tree-memory.ts'

/** Where `TSLanguage` of tree-sitter has its fields, in WebAssembly. */
const PRODUCTION_COUNT = 28
const FIELD_COUNT = 32
const MAX_ALIASES = 36
const FIELD_SLICES = 64
const FIELD_ENTRIES = 68
const SYMBOL_METADATA = 72
const PUBLIC_SYMBOLS = 76
const ALIASES = 84
const SYMBOL_COUNT = 4
const ALIAS_COUNT = 8
const METADATA_BYTES = 3
const MAX_FIELDS = 65_536

/** The symbol of a stretch that could not be parsed; no entry of a table. */
const ERROR_SYMBOL = 65_535

/** One child a field may lie in: its place among the children that are no extras. */
interface FieldEntry {
  field: number
  childIndex: number
  /** The field is one of the hidden child's own fields. */
  isInherited: boolean
}

/** What the nodes of a grammar's trees are read by, copied out of its tables. */
export class LanguageTables {
  private readonly types: string[]
  private readonly publicSymbols: Uint16Array
  private readonly named: Uint8Array
  private readonly aliases: Uint16Array
  private readonly maxAliases: number
  /** By production and field. */
  private readonly entries = new Map<number, FieldEntry[]>()
  private readonly ownFields = new Map<number, FieldEntry[]>()
  private readonly fields: Map<string, number>
  private readonly wanted = new Map<string, Uint8Array>()

  constructor(language: Language, { bytes, halves, words }: MemoryViews) {
    const address = addressOf(language)
    const word = (offset: number) => words[(address + offset) >> 2] ?? 0
    const symbols = word(SYMBOL_COUNT) + word(ALIAS_COUNT)
    const productions = word(PRODUCTION_COUNT)
    const publicAt = word(PUBLIC_SYMBOLS) >> 1
    this.types = language.types
    this.publicSymbols = halves.slice(publicAt, publicAt + symbols)
    this.named = Uint8Array.from(
      { length: symbols },
      (_, at) => bytes[word(SYMBOL_METADATA) + METADATA_BYTES * at + 1] ?? 0,
    )
    this.maxAliases = halves[(address + MAX_ALIASES) >> 1] ?? 0
    this.aliases = halves.slice(word(ALIASES) >> 1, (word(ALIASES) >> 1) + productions * this.maxAliases)
    for (let production = word(FIELD_COUNT) === 0 ? productions : 0; production < productions; production += 1) {
      const slice = (word(FIELD_SLICES) >> 1) + 2 * production
      const first = word(FIELD_ENTRIES) + 4 * (halves[slice] ?? 0)
      for (let at = first; at < first + 4 * (halves[slice + 1] ?? 0); at += 4)
        this.addEntry(production, {
          field: halves[at >> 1] ?? 0,
          childIndex: bytes[at + 2] ?? 0,
          isInherited: bytes[at + 3] === 1,
        })
    }
    this.fields = new Map(language.fields.flatMap((name, id) => (name === null ? [] : [[name, id]])))
  }

  typeOf(symbol: number): string {
    return this.types[this.publicSymbols[symbol] ?? ERROR_SYMBOL] ?? 'ERROR'
  }

  isNamed(symbol: number): boolean {
    return this.named[symbol] === 1
  }

  /** Another symbol for a child, by its place among those that are no extras; 0 for most. */
  aliasAt(production: number, childIndex: number): number {
    return production === 0 ? 0 : (this.aliases[production * this.maxAliases + childIndex] ?? 0)
  }

  /** Number of a field; 0 when the grammar has none of this name. */
  fieldId(name: string): number {
    return this.fields.get(name) ?? 0
  }

  /** Where a field may lie in what a production makes, in order. */
  entriesOf(production: number, field: number): FieldEntry[] {
    return this.entries.get(production * MAX_FIELDS + field) ?? NO_ENTRIES
  }

  /** The field of a child of what a production makes; 0 when it has none. */
  fieldOf(production: number, childIndex: number): number {
    return this.ownFields.get(production)?.find((entry) => entry.childIndex === childIndex)?.field ?? 0
  }

  private addEntry(production: number, entry: FieldEntry): void {
    const key = production * MAX_FIELDS + entry.field
    const [known, own] = [this.entries.get(key), this.ownFields.get(production)]
    if (known) known.push(entry)
    else this.entries.set(key, [entry])
    if (entry.isInherited) return
    if (own) own.push(entry)
    else this.ownFields.set(production, [entry])
  }

  /** Per symbol 1 when a node of it has one of these types; the last entry is for errors. */
  symbolsOf(types: string | string[]): Uint8Array {
    const key = typeof types === 'string' ? types : types.join('\n')
    let found = this.wanted.get(key)
    if (!found) {
      const names = new Set(key.split('\n'))
      found = new Uint8Array(this.publicSymbols.length + 1)
      for (let symbol = 0; symbol < this.publicSymbols.length; symbol += 1)
        if (names.has(this.typeOf(symbol))) found[symbol] = 1
      found[this.publicSymbols.length] = names.has('ERROR') ? 1 : 0
      this.wanted.set(key, found)
    }
    return found
  }
}

const NO_ENTRIES: FieldEntry[] = []

/** The library keeps it in a property it does not declare. */
function addressOf(language: Language): number {
  const address: unknown = Reflect.get(language, 0)
  if (typeof address !== 'number' || address === 0)
    throw new Error('The tables of a grammar are not where they are expected')
  return address
}
