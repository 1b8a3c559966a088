import type { SourceRange } from '#lib/domain/facts.ts'

interface Packed {
  /** Paths that places are told by. */
  paths: string[]
  /** All texts, one behind the other. */
  text: string
  /** Everything else in the order it was written: numbers, lengths of texts, places in the list of paths. */
  numbers: ArrayLike<number>
}

/** Where a value stands: a place in the numbers, and one in the text. */
export interface Position {
  number: number
  text: number
}

/** Values one behind the other; whoever reads asks for the same ones in the same order. */
export class PackedWriter {
  private readonly paths: string[] = []
  private readonly places = new Map<string, number>()
  private readonly parts: string[] = []
  private textLength = 0
  private readonly numbers: number[] = []

  /** Where the next value will stand. */
  get position(): Position {
    return { number: this.numbers.length, text: this.textLength }
  }

  packed(): Packed & { numbers: number[] } {
    return { paths: this.paths, text: this.parts.join(''), numbers: this.numbers }
  }

  number(value: number): void {
    this.numbers.push(value)
  }

  text(value: string): void {
    this.numbers.push(value.length)
    this.textLength += value.length
    this.parts.push(value)
  }

  textOrNull(value: string | null): void {
    if (value === null) this.numbers.push(-1)
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

  constructor(packed: Packed, { number, text }: Position = { number: 0, text: 0 }) {
    this.packed = packed
    this.next = number
    this.textAt = text
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
    return length < 0 ? null : this.cut(length)
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
    const start = this.textAt
    this.textAt += length
    return length === 0 ? '' : this.packed.text.slice(start, this.textAt)
  }
}
