import type { Rows } from './rows.ts'

/**
 * Layer of each node: 0 for what uses nothing, else one above the highest layer it uses. Nodes that use each other in a
 * circle share a layer. Tarjan's algorithm with its own stack, so that a long chain does not end the program's.
 */
export function layersOf(rows: Rows): Int32Array {
  return new Layering(rows).layers()
}

const UNSEEN = -1

class Layering {
  private readonly rows: Rows
  private readonly order: Int32Array
  private readonly lowest: Int32Array
  private readonly layer: Int32Array
  private readonly open: number[] = []
  private readonly isOpen: Uint8Array
  /** Nodes on the way down from the root, and the edge each goes on with. */
  private readonly path: number[] = []
  private readonly next: number[] = []
  private found = 0

  constructor(rows: Rows) {
    this.rows = rows
    this.order = new Int32Array(rows.size).fill(UNSEEN)
    this.lowest = new Int32Array(rows.size)
    this.layer = new Int32Array(rows.size)
    this.isOpen = new Uint8Array(rows.size)
  }

  layers(): Int32Array {
    for (let node = 0; node < this.rows.size; node += 1) if (this.order[node] === UNSEEN) this.visit(node)
    return this.layer
  }

  private visit(root: number): void {
    this.enter(root)
    while (this.path.length > 0) {
      const node = this.path.at(-1) ?? 0
      const at = this.next.at(-1) ?? 0
      if (at < (this.rows.starts[node + 1] ?? 0)) {
        this.next[this.next.length - 1] = at + 1
        this.follow(node, this.rows.targets[at] ?? 0)
      } else this.leave(node)
    }
  }

  private follow(node: number, target: number): void {
    if (this.order[target] === UNSEEN) this.enter(target)
    else if (this.isOpen[target]) this.lower(node, this.order[target] ?? 0)
  }

  private leave(node: number): void {
    this.path.pop()
    this.next.pop()
    if (this.lowest[node] === this.order[node]) this.close(node)
    const parent = this.path.at(-1)
    if (parent !== undefined) this.lower(parent, this.lowest[node] ?? 0)
  }

  private enter(node: number): void {
    this.order[node] = this.found
    this.lowest[node] = this.found
    this.found += 1
    this.open.push(node)
    this.path.push(node)
    this.next.push(this.rows.starts[node] ?? 0)
    this.isOpen[node] = 1
  }

  private lower(node: number, to: number): void {
    this.lowest[node] = Math.min(this.lowest[node] ?? 0, to)
  }

  /** All that is open from `root` on is one circle; everything it uses outside has its layer by now. */
  private close(root: number): void {
    const circle = this.open.splice(this.open.lastIndexOf(root))
    for (const node of circle) this.isOpen[node] = 0
    const members = new Set(circle)
    const { starts, targets } = this.rows
    let layer = 0
    for (const node of circle)
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
        const target = targets[at] ?? 0
        if (!members.has(target)) layer = Math.max(layer, (this.layer[target] ?? 0) + 1)
      }
    for (const node of circle) this.layer[node] = layer
  }
}
