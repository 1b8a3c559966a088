import type { Facts, FileFact, SymbolFact } from '#lib/domain/facts.ts'
import { type OpenPack, type PackedEntry, type PackWriter, packedBytes, packedText } from './pack-file.ts'
import { columnBytes, columnsIn, symbolBytes, symbolsIn } from './part-bytes.ts'

const PART_LENGTH = 2_000
/** Fields that are columns of numbers. */
const COLUMNS: (keyof Facts)[] = ['references', 'shape']

/** Facts as they were read, with the entry of the pack that holds each part of them. */
export interface ReadFacts {
  facts: Facts
  parts: Map<string, Part[]>
}

/** One part of a list, or a whole field. */
interface Part {
  entry: PackedEntry
  /** Where it begins in the list, and how much of it there is; null for what is no list. */
  elements: { from: number; count: number } | null
}

/** Parts that are as they were, and how they are taken over; null when nothing is known of before. */
interface Before {
  read: ReadFacts
  take: (entry: PackedEntry) => boolean
}

/** Writes facts in parts that are small enough to be text one after the other; lists are cut. Parts of `before` are taken. */
export function writeFacts(writer: PackWriter, facts: Facts, before: Before | null): void {
  for (const [field, value] of Object.entries(facts)) {
    const known = before?.read.parts.get(field) ?? []
    const old = before?.read.facts[field as keyof Facts]
    if (Array.isArray(value) && value.length > 0)
      writeList(writer, { field, list: value, known, old: Array.isArray(old) ? old : [], take: before?.take })
    else if (value !== old || !known[0] || !before?.take(known[0].entry)) writer.add(field, contentOf(field, value))
  }
}

function contentOf(field: string, value: unknown): string | Uint8Array {
  return COLUMNS.some((one) => one === field) ? columnBytes(value as Record<string, number[]>) : JSON.stringify(value)
}

interface List {
  field: string
  list: unknown[]
  known: Part[]
  old: unknown[]
  take: Before['take'] | undefined
}

/** Wherever the list goes on with all elements of a part, that part is taken. */
function writeList(writer: PackWriter, { field, list, known, old, take }: List): void {
  const write = (from: number, to: number) => {
    for (let at = from; at < to; at += PART_LENGTH) {
      const part = list.slice(at, Math.min(at + PART_LENGTH, to))
      writer.add(field, field === 'symbols' ? symbolBytes(part as SymbolFact[]) : JSON.stringify(part))
    }
  }
  const byFirst = new Map(known.map(({ entry, elements }) => [old[elements?.from ?? -1], { entry, elements }]))
  let written = 0
  for (let at = 0; at < list.length; ) {
    const { entry, elements } = byFirst.get(list[at]) ?? {}
    if (!entry || !elements || !goesOn(list, at, { old, ...elements })) {
      at += 1
      continue
    }
    write(written, at)
    if (!take?.(entry)) write(at, at + elements.count)
    at += elements.count
    written = at
  }
  write(written, list.length)
}

function goesOn(list: unknown[], at: number, { old, from, count }: { old: unknown[]; from: number; count: number }) {
  for (let offset = 0; offset < count; offset += 1) if (list[at + offset] !== old[from + offset]) return false
  return true
}

/** The files of the facts of a pack, without the rest; null when any part is damaged. */
export function readFiles({ entries }: OpenPack): FileFact[] | null {
  const texts = entries.filter(({ key }) => key === 'files').map(packedText)
  return texts.every((text) => text !== null) ? texts.flatMap((text) => JSON.parse(text) as FileFact[]) : null
}

/** The facts of a pack, with the files that were read before; null when any part is damaged. */
export function readFacts({ entries }: OpenPack): ReadFacts | null {
  const facts: Record<string, unknown> = {}
  const parts: ReadFacts['parts'] = new Map()
  for (const entry of entries) {
    if (entry.key.startsWith('trace')) break
    const part = partOf(entry)
    if (part === null) return null
    const before = facts[entry.key]
    const list = Array.isArray(part.value) ? part.value : null
    const from = Array.isArray(before) ? before.length : 0
    const known = parts.get(entry.key) ?? []
    known.push({ entry, elements: list && { from, count: list.length } })
    parts.set(entry.key, known)
    if (Array.isArray(before) && list) for (const one of list) before.push(one)
    else facts[entry.key] = part.value
  }
  return { facts: facts as unknown as Facts, parts }
}

/** What an entry holds; null when it is damaged. */
function partOf(entry: PackedEntry): { value: unknown } | null {
  const bytes = packedBytes(entry)
  if (!bytes) return null
  if (entry.key === 'symbols' && bytes[0] !== EMPTY_LIST) return { value: symbolsIn(bytes) }
  if (COLUMNS.some((one) => one === entry.key)) return { value: columnsIn(bytes) }
  return { value: JSON.parse(bytes.toString()) }
}

const EMPTY_LIST = '['.charCodeAt(0)
