import type { Facts, FileFact, SymbolFact } from '#lib/domain/facts.ts'
import type { EdgeLists } from '#lib/facts/references/merge-edges.ts'
import type { FactsButSymbols, SymbolList } from '#lib/facts/symbol-list.ts'
import { KeptSymbols } from './kept-symbols.ts'
import { type OpenPack, type PackedEntry, type PackWriter, packedBytes, packedText } from './pack-file.ts'
import { columnBytes, columnsIn, numbersIn, symbolBytes } from './part-bytes.ts'

/** A part is written again as a whole where one of its elements is other. */
const PART_LENGTH = 1_000
/** Fields that are columns of numbers. */
const COLUMNS: (keyof Facts)[] = ['references', 'shape']

/** Facts whose symbols and references are still numbers: most of them nobody looks at where little changed. */
export type KnownFacts = Omit<FactsButSymbols, 'references'> & { references: EdgeLists }

/** Facts as they were read, with the entry of the pack that holds each part of them. */
export interface ReadFacts {
  facts: KnownFacts
  symbols: KeptSymbols
  parts: Map<string, Part[]>
}

/** One part of a list, or a whole field. */
interface Part {
  entry: PackedEntry
  /** Where it begins in the list, and how much of it there is; null for what is no list. */
  elements: Elements | null
}

interface Elements {
  from: number
  count: number
}

/** Parts that are as they were, and how they are taken over; null when nothing is known of before. */
interface Before {
  read: ReadFacts
  take: (entry: PackedEntry) => boolean
}

/** Facts to write, with their symbols apart: those of the facts need not be made for that. */
interface Written {
  facts: Facts
  symbols: SymbolList
}

/** Writes facts in parts that are small enough to be text one after the other; lists are cut. Parts of `before` are taken. */
export function writeFacts(writer: PackWriter, { facts, symbols }: Written, before: Before | null): void {
  for (const field of Object.keys(facts) as (keyof Facts)[]) {
    const known = before?.read.parts.get(field) ?? []
    if (field === 'symbols') {
      writeSymbols(writer, symbols, { known, take: before?.take })
      continue
    }
    const value = facts[field]
    const old: unknown = before?.read.facts[field]
    if (Array.isArray(value) && value.length > 0)
      writeElements(writer, { field, list: value, old: Array.isArray(old) ? old : [] }, { known, take: before?.take })
    else if (value !== old || !known[0] || !before?.take(known[0].entry)) writer.add(field, contentOf(field, value))
  }
}

function contentOf(field: string, value: unknown): string | Uint8Array {
  return COLUMNS.some((one) => one === field) ? columnBytes(value as Record<string, number[]>) : JSON.stringify(value)
}

interface Known {
  known: Part[]
  take: Before['take'] | undefined
}

function writeSymbols(writer: PackWriter, symbols: SymbolList, known: Known): void {
  if (symbols.length === 0) writer.add('symbols', JSON.stringify([]))
  const made = (from: number, to: number) => {
    const part: SymbolFact[] = []
    for (let at = from; at < to; at += 1) {
      const symbol = symbols.get(at)
      if (symbol) part.push(symbol)
    }
    return part
  }
  writeList(writer, known, {
    field: 'symbols',
    length: symbols.length,
    sourceOf: (at) => symbols.sourceOf(at),
    content: (from, to) => symbolBytes(made(from, to)),
  })
}

interface Elementwise {
  field: string
  list: unknown[]
  old: unknown[]
}

/** Elements that are the same objects as before are in the parts of before. */
function writeElements(writer: PackWriter, { field, list, old }: Elementwise, known: Known): void {
  const firsts = new Map(known.known.map(({ elements }) => [old[elements?.from ?? -1], elements?.from ?? -1]))
  let last = -1
  const sourceOf = (at: number) => {
    last = last >= 0 && list[at] === old[last + 1] ? last + 1 : (firsts.get(list[at]) ?? -1)
    return last
  }
  writeList(writer, known, {
    field,
    length: list.length,
    sourceOf,
    content: (from, to) => JSON.stringify(list.slice(from, to)),
  })
}

interface List {
  field: string
  length: number
  /** Where an element stood before; -1 for another one. */
  sourceOf: (at: number) => number
  content: (from: number, to: number) => string | Uint8Array
}

/** Wherever the list goes on with all elements of a part, that part is taken. */
function writeList(writer: PackWriter, { known, take }: Known, { field, length, sourceOf, content }: List): void {
  const write = (from: number, to: number) => {
    for (let at = from; at < to; at += PART_LENGTH) writer.add(field, content(at, Math.min(at + PART_LENGTH, to)))
  }
  const sources = new Int32Array(length)
  for (let at = 0; at < length; at += 1) sources[at] = sourceOf(at)
  const byFirst = new Map(
    known.flatMap(({ entry, elements }) => (elements ? [[elements.from, { entry, ...elements }]] : [])),
  )
  let written = 0
  for (let at = 0; at < length; ) {
    const part = byFirst.get(sources[at] ?? -1)
    if (!part || !goesOn(sources, at, part)) {
      at += 1
      continue
    }
    write(written, at)
    if (!take?.(part.entry)) write(at, at + part.count)
    at += part.count
    written = at
  }
  write(written, length)
}

function goesOn(sources: Int32Array, at: number, { from, count }: Elements): boolean {
  for (let offset = 0; offset < count; offset += 1) if (sources[at + offset] !== from + offset) return false
  return true
}

/** The files of the facts of a pack, without the rest; null when any part is damaged. */
export function readFiles({ entries }: OpenPack): FileFact[] | null {
  const texts = entries.filter(({ key }) => key === 'files').map(packedText)
  return texts.every((text) => text !== null) ? texts.flatMap((text) => JSON.parse(text) as FileFact[]) : null
}

/** The facts of a pack; null when any part is damaged. Symbols are made when they are asked for. */
export function readFacts({ entries }: OpenPack): ReadFacts | null {
  const facts: Record<string, unknown> = {}
  const symbols = new KeptSymbols()
  const parts: ReadFacts['parts'] = new Map()
  for (const entry of entries) {
    const { key } = entry
    if (key.startsWith('trace')) break
    const bytes = packedBytes(entry)
    if (!bytes) return null
    const known = parts.get(key) ?? []
    known.push({ entry, elements: key === 'symbols' ? addSymbols(symbols, bytes) : addValue(facts, key, bytes) })
    parts.set(key, known)
    if (key === 'symbols') facts[key] = null
  }
  return { facts: facts as unknown as KnownFacts, symbols, parts }
}

function addSymbols(symbols: KeptSymbols, bytes: Buffer): Elements {
  return { from: symbols.length, count: bytes[0] === EMPTY_LIST ? 0 : symbols.add(bytes) }
}

/** Puts what bytes hold behind the same field's other parts. */
function addValue(facts: Record<string, unknown>, field: string, bytes: Buffer): Elements | null {
  const value = fieldIn(field, bytes)
  const before = facts[field]
  if (!Array.isArray(before) || !Array.isArray(value)) {
    facts[field] = value
    return Array.isArray(value) ? { from: 0, count: value.length } : null
  }
  const from = before.length
  for (const one of value) before.push(one)
  return { from, count: value.length }
}

function fieldIn(field: string, bytes: Buffer): unknown {
  if (field === 'references') return numbersIn(bytes)
  return COLUMNS.some((one) => one === field) ? columnsIn(bytes) : JSON.parse(bytes.toString())
}

const EMPTY_LIST = '['.charCodeAt(0)
