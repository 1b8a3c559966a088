import type { SymbolFact } from '#lib/domain/facts.ts'
import { packSymbols, unpackSymbols } from '#lib/facts/packed-symbols.ts'

/** Of a section: its kind and how many bytes it takes; sections begin at multiples of 8. */
const HEADER_BYTES = 8
const KINDS = { text: 0, whole: 1, fraction: 2 }

/** Symbols as bytes, without a name of a field or a path in each. */
export function symbolBytes(symbols: SymbolFact[]): Uint8Array {
  const { paths, text, numbers } = packSymbols(symbols)
  return joined([textSection(JSON.stringify(paths)), textSection(text), numberSection(numbers)])
}

/** The symbols of `symbolBytes`. */
export function symbolsIn(bytes: Buffer): SymbolFact[] {
  const [paths, text, numbers] = sectionsOf(bytes)
  const list = paths && text && numbers
  if (!list) return []
  return unpackSymbols({
    paths: JSON.parse(textOf(paths)) as string[],
    text: textOf(text),
    numbers: numbersOf(numbers),
  })
}

/** Columns of numbers as bytes. */
export function columnBytes(columns: Record<string, number[]>): Uint8Array {
  return joined([textSection(JSON.stringify(Object.keys(columns))), ...Object.values(columns).map(numberSection)])
}

/** The columns of `columnBytes`. */
export function columnsIn(bytes: Buffer): Record<string, number[]> {
  const [names, ...columns] = sectionsOf(bytes)
  const fields = names ? (JSON.parse(textOf(names)) as string[]) : []
  return Object.fromEntries(fields.map((field, at) => [field, columns[at] ? listOf(numbersOf(columns[at])) : []]))
}

interface Section {
  kind: number
  bytes: Buffer
}

function textSection(text: string): Section {
  return { kind: KINDS.text, bytes: Buffer.from(text) }
}

function numberSection(values: number[]): Section {
  const isWhole = values.every((value) => (value | 0) === value)
  const numbers = isWhole ? Int32Array.from(values) : Float64Array.from(values)
  return { kind: isWhole ? KINDS.whole : KINDS.fraction, bytes: Buffer.from(numbers.buffer) }
}

function joined(sections: Section[]): Uint8Array {
  const size = sections.reduce((sum, { bytes }) => sum + HEADER_BYTES + padded(bytes.length), 0)
  const all = Buffer.alloc(size)
  let at = 0
  for (const { kind, bytes } of sections) {
    all.writeUInt32LE(kind, at)
    all.writeUInt32LE(bytes.length, at + HEADER_BYTES / 2)
    bytes.copy(all, at + HEADER_BYTES)
    at += HEADER_BYTES + padded(bytes.length)
  }
  return all
}

function sectionsOf(bytes: Buffer): Section[] {
  const sections: Section[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + HEADER_BYTES / 2)
    const start = at + HEADER_BYTES
    sections.push({ kind: bytes.readUInt32LE(at), bytes: bytes.subarray(start, start + length) })
    at = start + padded(length)
  }
  return sections
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}

function textOf({ bytes }: Section): string {
  return bytes.toString()
}

/** In memory of their own: what was read may begin anywhere. */
function numbersOf({ kind, bytes }: Section): Int32Array | Float64Array {
  const { buffer } = new Uint8Array(bytes)
  return kind === KINDS.whole ? new Int32Array(buffer) : new Float64Array(buffer)
}

function listOf(numbers: Int32Array | Float64Array): number[] {
  const list = new Array<number>(numbers.length)
  for (let at = 0; at < numbers.length; at += 1) list[at] = numbers[at] ?? 0
  return list
}
