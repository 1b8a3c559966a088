import type { ReferenceFacts } from '#lib/domain/facts.ts'

/** One use of a symbol; `owner` is the symbol around it or -1, `kind` a place in the list of kinds. */
export interface Edge {
  file: number
  owner: number
  line: number
  target: number
  kind: number
  exact: boolean
}

const FIRST_ROOM = 1_024

/**
 * Edges in columns, one per pair of file or symbol and target: the first line and the strongest kind stay. Numbers
 * alone: a repository has hundreds of thousands.
 */
export class EdgeColumns {
  private count = 0
  private file = new Int32Array(FIRST_ROOM)
  private owner = new Int32Array(FIRST_ROOM)
  private line = new Int32Array(FIRST_ROOM)
  private target = new Int32Array(FIRST_ROOM)
  private kind = new Uint8Array(FIRST_ROOM)
  private exact = new Uint8Array(FIRST_ROOM)
  /** Places of edges + 1 by their key, twice as many as edges fit. */
  private slots = new Int32Array(FIRST_ROOM * 2)

  add(edge: Edge): void {
    if (this.count === this.file.length) this.grow()
    const slot = this.slotOf(edge)
    const at = (this.slots[slot] ?? 0) - 1
    if (at >= 0) {
      this.kind[at] = Math.min(this.kind[at] ?? 0, edge.kind)
      this.line[at] = Math.min(this.line[at] ?? 0, edge.line)
      if (edge.exact) this.exact[at] = 1
      return
    }
    this.file[this.count] = edge.file
    this.owner[this.count] = edge.owner
    this.line[this.count] = edge.line
    this.target[this.count] = edge.target
    this.kind[this.count] = edge.kind
    this.exact[this.count] = edge.exact ? 1 : 0
    this.count += 1
    this.slots[slot] = this.count
  }

  /** By file, line, symbol and target. */
  facts(): ReferenceFacts {
    const { file, owner, line, target } = this
    const order = this.byFile()
    for (let start = 0, end = 0; start < order.length; start = end) {
      while (end < order.length && file[order[end] ?? 0] === file[order[start] ?? 0]) end += 1
      order
        .subarray(start, end)
        .sort(
          (a, b) =>
            (line[a] ?? 0) - (line[b] ?? 0) || (owner[a] ?? 0) - (owner[b] ?? 0) || (target[a] ?? 0) - (target[b] ?? 0),
        )
    }
    const column = (values: ArrayLike<number>) => {
      const ordered: number[] = []
      for (let at = 0; at < order.length; at += 1) ordered.push(values[order[at] ?? 0] ?? 0)
      return ordered
    }
    return {
      file: column(file),
      symbol: column(owner),
      line: column(line),
      target: column(target),
      kind: column(this.kind),
      exact: column(this.exact),
    }
  }

  private byFile(): Uint32Array {
    const { file, count } = this
    let last = 0
    for (let at = 0; at < count; at += 1) last = Math.max(last, file[at] ?? 0)
    const next = new Uint32Array(last + 2)
    for (let at = 0; at < count; at += 1) next[(file[at] ?? 0) + 1] = (next[(file[at] ?? 0) + 1] ?? 0) + 1
    for (let one = 0; one <= last; one += 1) next[one + 1] = (next[one + 1] ?? 0) + (next[one] ?? 0)
    const order = new Uint32Array(count)
    for (let at = 0; at < count; at += 1) {
      const one = file[at] ?? 0
      order[next[one] ?? 0] = at
      next[one] = (next[one] ?? 0) + 1
    }
    return order
  }

  /** Where an edge with this key stands, or may stand. */
  private slotOf({ file, owner, target }: Pick<Edge, 'file' | 'owner' | 'target'>): number {
    const last = this.slots.length - 1
    let slot = (Math.imul(Math.imul(Math.imul(file, 31) + owner, 0x9e3779b1) ^ target, 0x85ebca6b) >>> 7) & last
    for (;;) {
      const at = (this.slots[slot] ?? 0) - 1
      if (at < 0 || (this.file[at] === file && this.owner[at] === owner && this.target[at] === target)) return slot
      slot = (slot + 1) & last
    }
  }

  private grow(): void {
    const room = this.file.length * 2
    this.file = grown(this.file, new Int32Array(room))
    this.owner = grown(this.owner, new Int32Array(room))
    this.line = grown(this.line, new Int32Array(room))
    this.target = grown(this.target, new Int32Array(room))
    this.kind = grown(this.kind, new Uint8Array(room))
    this.exact = grown(this.exact, new Uint8Array(room))
    this.slots = new Int32Array(room * 2)
    for (let at = 0; at < this.count; at += 1) {
      const place = { file: this.file[at] ?? 0, owner: this.owner[at] ?? 0, target: this.target[at] ?? 0 }
      this.slots[this.slotOf(place)] = at + 1
    }
  }
}

function grown<Numbers extends Int32Array | Uint8Array>(old: Numbers, next: Numbers): Numbers {
  next.set(old)
  return next
}
