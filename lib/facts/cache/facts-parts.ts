import type { Facts, FileFact } from '#lib/domain/facts.ts'
import { type SymbolRows, symbolRows, symbolsOf } from '#lib/facts/symbol-rows.ts'
import { type OpenPack, type PackedEntry, type PackWriter, packedText } from './pack-file.ts'

const PART_LENGTH = 2_000

/** Facts as they were read, with the entry of the pack that holds each part of them. */
export interface ReadFacts {
  facts: Facts
  parts: Map<string, Part[]>
}

/** One part of a list, or a whole field. */
interface Part {
  entry: PackedEntry
  /** Elements of the list; null for what is no list. */
  elements: unknown[] | null
}

/** Writes facts in parts that are small enough to be text one after the other; lists are cut. Parts of `before` are copied. */
export function writeFacts(writer: PackWriter, facts: Facts, before: ReadFacts | null): void {
  for (const [field, value] of Object.entries(facts)) {
    const known = before?.parts.get(field) ?? []
    if (Array.isArray(value) && value.length > 0) writeList(writer, { field, list: value, known })
    else if (value !== before?.facts[field as keyof Facts] || !known[0] || !writer.copy(known[0].entry))
      writer.add(field, JSON.stringify(value))
  }
}

interface List {
  field: string
  list: unknown[]
  known: Part[]
}

/** Wherever the list goes on with all elements of a part, that part is copied. */
function writeList(writer: PackWriter, { field, list, known }: List): void {
  const byFirst = new Map(known.map((part) => [part.elements?.[0], part]))
  const write = (from: number, to: number) => {
    for (let at = from; at < to; at += PART_LENGTH) {
      const part = list.slice(at, Math.min(at + PART_LENGTH, to))
      writer.add(field, JSON.stringify(field === 'symbols' ? symbolRows(part as Facts['symbols']) : part))
    }
  }
  let written = 0
  for (let at = 0; at < list.length; ) {
    const part = byFirst.get(list[at])
    const { elements } = part ?? {}
    if (!part || !elements?.every((element, offset) => list[at + offset] === element)) {
      at += 1
      continue
    }
    write(written, at)
    if (!writer.copy(part.entry)) write(at, at + elements.length)
    at += elements.length
    written = at
  }
  write(written, list.length)
}

/** The files of the facts of a pack, without the rest; null when any part is damaged. */
export function readFiles({ entries }: OpenPack): FileFact[] | null {
  const texts = entries.filter(({ key }) => key === 'files').map(packedText)
  return texts.every((text) => text !== null) ? texts.flatMap((text) => JSON.parse(text) as FileFact[]) : null
}

/** The facts of a pack; null when any part is damaged. */
export function readFacts({ entries }: OpenPack): ReadFacts | null {
  const facts: Record<string, unknown> = {}
  const parts: ReadFacts['parts'] = new Map()
  for (const entry of entries) {
    if (entry.key.startsWith('trace')) break
    const text = packedText(entry)
    if (text === null) return null
    const part = partIn(entry.key, JSON.parse(text))
    const list = Array.isArray(part) ? part : null
    parts.set(entry.key, [...(parts.get(entry.key) ?? []), { entry, elements: list }])
    const before = facts[entry.key]
    if (!Array.isArray(before) || !list) facts[entry.key] = list ? [...list] : part
    else for (const one of list) before.push(one)
  }
  return { facts: facts as unknown as Facts, parts }
}

function partIn(field: string, part: unknown): unknown {
  return field === 'symbols' && !Array.isArray(part) ? symbolsOf(part as SymbolRows) : part
}
