import type { SymbolFact } from '#lib/domain/facts.ts'
import { packSymbols } from '#lib/facts/packed-symbols.ts'
import type { Packed, Position } from '#lib/facts/packed-values.ts'

/** Of a section: its kind and how many bytes it takes; sections begin at multiples of 8. */
const HEADER_BYTES = 8
const KINDS = { text: 0, whole: 1, fraction: 2 }
const NOTHING: Section = { kind: KINDS.whole, bytes: Buffer.alloc(0) }
/** Of texts that are cut where they lie: all characters take equally many bytes. */
const NARROW = 'latin1'
const WIDE = 'utf16le'
/** How many numbers tell where a symbol begins. */
const START_NUMBERS = 3

/** Packed symbols of which each can be read alone. */
export interface SymbolPart {
  packed: Packed
  /** Where each symbol begins. */
  startOf: (at: number) => Position
}

/** Symbols as bytes, without a name of a field or a path in each. */
export function symbolBytes(symbols: SymbolFact[]): Uint8Array {
  const starts: number[] = []
  const note = ({ number, text, wide }: Position) => starts.push(number, text, wide)
  const { paths, text, wide, numbers } = packSymbols(symbols, note)
  return joined([
    textSection(JSON.stringify(paths)),
    textSection(text, NARROW),
    textSection(wide, WIDE),
    numberSection(numbers),
    numberSection(starts),
  ])
}

/** The symbols of `symbolBytes`, still packed. For few of them the texts are left where they lie. */
export function symbolPart(bytes: Buffer, wanted: 'few' | 'all'): SymbolPart {
  const [paths = NOTHING, text = NOTHING, wide = NOTHING, numbers = NOTHING, places = NOTHING] = sectionsOf(bytes)
  const starts = numbersOf(places)
  return {
    packed: {
      paths: JSON.parse(textOf(paths)) as string[],
      text: wanted === 'all' ? textOf(text, NARROW) : { slice: (from, to) => text.bytes.toString(NARROW, from, to) },
      wide:
        wanted === 'all' ? textOf(wide, WIDE) : { slice: (from, to) => wide.bytes.toString(WIDE, 2 * from, 2 * to) },
      numbers: numbersOf(numbers),
    },
    startOf: (at) => {
      const [number = 0, narrow = 0, broad = 0] = starts.subarray(START_NUMBERS * at, START_NUMBERS * (at + 1))
      return { number, text: narrow, wide: broad }
    },
  }
}

/** How many symbols the bytes of `symbolBytes` hold, without reading them. */
export function symbolCount(bytes: Buffer): number {
  const { length } = sectionsOf(bytes).at(-1)?.bytes ?? NOTHING.bytes
  return length / (START_NUMBERS * Int32Array.BYTES_PER_ELEMENT)
}

/** Columns of numbers as bytes. */
export function columnBytes(columns: Record<string, ArrayLike<number>>): Uint8Array {
  return joined([textSection(JSON.stringify(Object.keys(columns))), ...Object.values(columns).map(numberSection)])
}

/** The columns of `columnBytes`. */
export function columnsIn(bytes: Buffer): Record<string, number[]> {
  return Object.fromEntries(Object.entries(numbersIn(bytes)).map(([field, numbers]) => [field, listOf(numbers)]))
}

/** The columns of `columnBytes` as they lie there: whole numbers, or fractions where any is one. */
export function numbersIn(bytes: Buffer): Record<string, Int32Array | Float64Array> {
  const [names, ...columns] = sectionsOf(bytes)
  const fields = names ? (JSON.parse(textOf(names)) as string[]) : []
  return Object.fromEntries(fields.map((field, at) => [field, columns[at] ? numbersOf(columns[at]) : new Int32Array()]))
}

interface Section {
  kind: number
  bytes: Buffer
}

function textSection(text: string, encoding: BufferEncoding = 'utf8'): Section {
  return { kind: KINDS.text, bytes: Buffer.from(text, encoding) }
}

function numberSection(values: ArrayLike<number>): Section {
  const whole = wholeNumbers(values)
  const { buffer, byteOffset, byteLength } = whole ?? Float64Array.from(values)
  return { kind: whole ? KINDS.whole : KINDS.fraction, bytes: Buffer.from(buffer, byteOffset, byteLength) }
}

/** The same numbers; null when any is none that fits. */
function wholeNumbers(values: ArrayLike<number>): Int32Array | null {
  if (values instanceof Int32Array) return values
  const numbers = new Int32Array(values.length)
  for (let at = 0; at < numbers.length; at += 1) {
    const value = values[at] ?? 0
    if ((value | 0) !== value) return null
    numbers[at] = value
  }
  return numbers
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

function textOf({ bytes }: Section, encoding: BufferEncoding = 'utf8'): string {
  return bytes.toString(encoding)
}

/** In memory of their own: what was read may begin anywhere. */
function numbersOf({ kind, bytes }: Section): Int32Array | Float64Array {
  const { buffer } = new Uint8Array(bytes)
  return kind === KINDS.whole ? new Int32Array(buffer) : new Float64Array(buffer)
}

/** Numbers as the facts have them. */
export function listOf(numbers: ArrayLike<number>): number[] {
  const list = new Array<number>(numbers.length)
  for (let at = 0; at < numbers.length; at += 1) list[at] = numbers[at] ?? 0
  return list
}
