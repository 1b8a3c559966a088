import type { MemoryViews } from '#lib/grammars/tree-memory.ts'
import type { LanguageTables } from './language-tables.ts'

/** Where `SubtreeHeapData` of tree-sitter has its fields, in WebAssembly; its children lie in front of it. */
const PADDING = 4
const SIZE = 16
const ERROR_COST = 32
const CHILD_COUNT = 36
const SYMBOL = 40
const FLAGS = 44
const MORE_FLAGS = 45
const NAMED_CHILD_COUNT = 52
const PRODUCTION = 66
const SLOT_BYTES = 8
/** Small leaves lie in their slot themselves: the lowest bit says so, a byte of flags comes first. */
const INLINE = 1
const INLINE_MISSING = 32
const MISSING = 2

/** What all nodes of a tree are read from. */
export interface TreeSource {
  views: MemoryViews
  tables: LanguageTables
}

/** Where a subtree begins, in bytes of UTF-16. */
export interface Start {
  bytes: number
  row: number
  column: number
}

/** A subtree: its address and, unless 0, the symbol it has instead of its own. */
export interface Place extends Start {
  id: number
  alias: number
}

/** Where the children of a subtree are; 0 for a leaf. */
export function parentAt({ words }: MemoryViews, slot: number): number {
  const first = words[slot >> 2] ?? 0
  return first & INLINE || words[(first + CHILD_COUNT) >> 2] === 0 ? 0 : first
}

/** Symbol of a subtree by its own grammar rule, without alias. */
export function symbolAt({ words, halves }: MemoryViews, slot: number): number {
  const first = words[slot >> 2] ?? 0
  return first & INLINE ? (first >> 8) & 255 : (halves[(first + SYMBOL) >> 1] ?? 0)
}

export function isNamedAt({ words, bytes }: MemoryViews, slot: number): boolean {
  const first = words[slot >> 2] ?? 0
  return ((first & INLINE ? first >> 2 : (bytes[first + FLAGS] ?? 0) >> 1) & 1) === 1
}

/** Whether the parser put a subtree in that is not in the text. */
export function isMissingAt({ words, bytes }: MemoryViews, slot: number): boolean {
  const first = words[slot >> 2] ?? 0
  return (first & INLINE ? first & INLINE_MISSING : (bytes[first + MORE_FLAGS] ?? 0) & MISSING) !== 0
}

/** Whether there is something wrong in a subtree. */
export function hasErrorAt(views: MemoryViews, slot: number): boolean {
  const first = views.words[slot >> 2] ?? 0
  const hasCost = !(first & INLINE) && views.words[(first + ERROR_COST) >> 2] !== 0
  return hasCost || isMissingAt(views, slot)
}

export function namedChildCountAt({ words }: MemoryViews, parent: number): number {
  return parent === 0 ? 0 : (words[(parent + NAMED_CHILD_COUNT) >> 2] ?? 0)
}

export function productionAt({ halves }: MemoryViews, parent: number): number {
  return halves[(parent + PRODUCTION) >> 1] ?? 0
}

/** Bytes, rows and columns a subtree takes. */
export function sizeAt({ words }: MemoryViews, slot: number): Start {
  const first = words[slot >> 2] ?? 0
  if (first & INLINE) {
    const bytes = (words[(slot >> 2) + 1] ?? 0) >>> 24
    return { bytes, row: 0, column: bytes }
  }
  const at = (first + SIZE) >> 2
  return { bytes: words[at] ?? 0, row: words[at + 1] ?? 0, column: words[at + 2] ?? 0 }
}

/** Goes through the subtrees right below another one, the hidden among them, as tree-sitter's own iterator does. */
export class SubtreeCursor implements Place {
  /** Address of the child: no other node of the tree has it. */
  id = 0
  bytes: number
  row: number
  column: number
  alias = 0
  isExtra = false
  /** Whether it is a node, not a part of the grammar that trees do not show. */
  isShown = false
  /** Place among the children that are no extras. */
  childIndex = -1
  endBytes: number
  private endRow: number
  private endColumn: number
  private readonly words: Uint32Array
  private readonly flags: Uint8Array
  private readonly tables: LanguageTables
  private readonly first: number
  private readonly count: number
  private readonly production: number
  private index = 0

  /** `parent` is an address as `parentAt` gives it. Nothing may be parsed or asked of the library before it is through. */
  constructor({ views, tables }: TreeSource, parent: number, { bytes, row, column }: Start) {
    this.words = views.words
    this.flags = views.bytes
    this.tables = tables
    this.count = parent === 0 ? 0 : (views.words[(parent + CHILD_COUNT) >> 2] ?? 0)
    this.first = parent - SLOT_BYTES * this.count
    this.production = parent === 0 ? 0 : productionAt(views, parent)
    this.bytes = this.endBytes = bytes
    this.row = this.endRow = row
    this.column = this.endColumn = column
  }

  /** Goes to the next one; false when there is none. */
  next(): boolean {
    if (this.index === this.count) return false
    const { words } = this
    this.id = this.first + SLOT_BYTES * this.index
    const first = words[this.id >> 2] ?? 0
    const isInline = (first & INLINE) === 1
    const flags = isInline ? first >> 1 : (this.flags[first + FLAGS] ?? 0)
    this.isExtra = (flags & 4) !== 0
    if (!this.isExtra) this.childIndex += 1
    this.alias = this.isExtra ? 0 : this.tables.aliasAt(this.production, this.childIndex)
    this.isShown = (flags & 1) !== 0 || this.alias !== 0
    if (isInline) this.placeInline(words[(this.id >> 2) + 1] ?? 0)
    else this.place(words, first)
    this.index += 1
    return true
  }

  private placeInline(sizes: number): void {
    this.begin((sizes >> 16) & 255, (sizes >> 8) & 15, sizes & 255)
    const size = sizes >>> 24
    this.endBytes = this.bytes + size
    this.endRow = this.row
    this.endColumn = this.column + size
  }

  private place(words: Uint32Array, heap: number): void {
    const padding = (heap + PADDING) >> 2
    this.begin(words[padding] ?? 0, words[padding + 1] ?? 0, words[padding + 2] ?? 0)
    const size = (heap + SIZE) >> 2
    const rows = words[size + 1] ?? 0
    const columns = words[size + 2] ?? 0
    this.endBytes = this.bytes + (words[size] ?? 0)
    this.endRow = this.row + rows
    this.endColumn = rows > 0 ? columns : this.column + columns
  }

  /** What stands in front of the first child stands in front of its parent, which begins where that does. */
  private begin(bytes: number, rows: number, columns: number): void {
    const isFirst = this.index === 0
    this.bytes = this.endBytes + (isFirst ? 0 : bytes)
    this.row = this.endRow + (isFirst ? 0 : rows)
    this.column = isFirst ? this.endColumn : rows > 0 ? columns : this.endColumn + columns
  }
}
