/** Says on which line of a file the next piece of text stands; pieces are asked for in reading order. */
export class LineFinder {
  private readonly source: string
  private readonly starts: number[] = [0]
  private offset = 0
  private end: number

  constructor(source: string) {
    this.source = source
    this.end = source.length
    for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  /** Looks no further than `length` characters after `start` until the next call. */
  within(start: number, length: number): void {
    this.offset = start
    this.end = start + length
  }

  /** Looks no further than this line while `read` runs, and goes on behind it. */
  inLine<Value>(line: number, read: () => Value): Value {
    const { end } = this
    const start = this.starts[line - 1] ?? this.source.length
    this.within(start, (this.starts[line] ?? this.source.length) - start)
    const value = read()
    this.offset = this.end
    this.end = Math.max(end, this.end)
    return value
  }

  /** Line of `raw`, or of the piece before it when it cannot be found as written. `isLeaf`: nothing inside is asked for. */
  lineOf(raw: string, isLeaf: boolean): number {
    const found = this.source.slice(this.offset, this.end).indexOf(raw)
    const at = found === -1 ? this.offset : this.offset + found
    if (found !== -1) this.offset = isLeaf ? at + raw.length : at
    return this.lineAt(at)
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
