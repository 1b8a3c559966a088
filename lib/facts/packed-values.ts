import type { SourceRange } from '#lib/domain/facts.ts'

interface Cuttable {
  slice(start: number, end: number): string
}

export interface Packed {
  /** Paths that places are told by. */
  paths: string[]
  /** All texts of narrow characters, one behind the other: each of these takes a byte, in memory too. */
  text: Cuttable
  /** All texts with any wider character. */
  wide: Cuttable
  /** Everything else in the order it was written: numbers, lengths of texts, places in the list of paths. */
  numbers: ArrayLike<number>
}

/** Where a value stands: places in the numbers and in both texts. */
export interface Position {
  number: number
  text: number
  wide: number
}

export interface WrittenValues extends Packed {
  text: string
  wide: string
  numbers: number[]
}

const NONE = -1
/** The length of a wide text is told by the number that much below this one. */
const WIDE = -2
const WIDER_THAN_A_BYTE = /[^\0-\xff]/

/** Values one behind the other; whoever reads asks for the same ones in the same order. */
export class PackedWriter {
  private readonly paths: string[] = []
  private readonly places = new Map<string, number>()
  private readonly narrow = { parts: [] as string[], length: 0 }
  private readonly wide = { parts: [] as string[], length: 0 }
  private readonly numbers: number[] = []

  /** Where the next value will stand. */
  get position(): Position {
    return { number: this.numbers.length, text: this.narrow.length, wide: this.wide.length }
  }

  packed(): WrittenValues {
    const { paths, narrow, wide, numbers } = this
    return { paths, text: narrow.parts.join(''), wide: wide.parts.join(''), numbers }
  }

  number(value: number): void {
    this.numbers.push(value)
  }

  text(value: string): void {
    const isWide = WIDER_THAN_A_BYTE.test(value)
    const texts = isWide ? this.wide : this.narrow
    this.numbers.push(isWide ? WIDE - value.length : value.length)
    texts.parts.push(value)
    texts.length += value.length
  }

  textOrNull(value: string | null): void {
    if (value === null) this.numbers.push(NONE)
    else this.text(value)
  }

  texts(values: string[]): void {
    this.numbers.push(values.length)
    for (const value of values) this.text(value)
  }

  place({ path, start, end }: SourceRange): void {
    const known = this.places.get(path) ?? this.paths.push(path) - 1
    this.places.set(path, known)
    this.numbers.push(known, start, end)
  }
}

/** Reads what a `PackedWriter` wrote. */
export class PackedReader {
  private readonly packed: Packed
  private next: number
  private textAt: number
  private wideAt: number

  constructor(packed: Packed, { number, text, wide }: Position = { number: 0, text: 0, wide: 0 }) {
    this.packed = packed
    this.next = number
    this.textAt = text
    this.wideAt = wide
  }

  get isAtEnd(): boolean {
    return this.next >= this.packed.numbers.length
  }

  number(): number {
    return this.packed.numbers[this.next++] ?? 0
  }

  text(): string {
    return this.cut(this.number())
  }

  textOrNull(): string | null {
    const length = this.number()
    return length === NONE ? null : this.cut(length)
  }

  list<Value>(read: (reader: PackedReader) => Value): Value[] {
    const values: Value[] = []
    for (let left = this.number(); left > 0; left -= 1) values.push(read(this))
    return values
  }

  /** Texts by name; `__proto__` is a name like any other. */
  record(): Record<string, string> {
    const record: Record<string, string> = {}
    for (let left = this.number(); left > 0; left -= 1) {
      const name = this.text()
      const value = this.text()
      if (name === '__proto__')
        Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true })
      else record[name] = value
    }
    return record
  }

  skip(numbers: number): void {
    this.next += numbers
  }

  place(): SourceRange {
    return { path: this.packed.paths[this.number()] ?? '', start: this.number(), end: this.number() }
  }

  private cut(length: number): string {
    if (length === 0) return ''
    if (length <= WIDE) return this.cutWide(WIDE - length)
    const start = this.textAt
    this.textAt += length
    return this.packed.text.slice(start, this.textAt)
  }

  private cutWide(length: number): string {
    const start = this.wideAt
    this.wideAt += length
    return this.packed.wide.slice(start, this.wideAt)
  }
}
