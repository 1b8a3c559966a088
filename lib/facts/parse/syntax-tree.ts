import type { Node as KnownNode, Query, Tree } from 'web-tree-sitter'
import type { MemoryViews } from '#lib/grammars/tree-memory.ts'
import type { LanguageTables } from './language-tables.ts'
import { Node, type TreeOfNodes } from './node.ts'
import type { TreeSource } from './subtree-cursor.ts'

/** A tree of the parser with the text it was made of. */
export class SyntaxTree implements TreeOfNodes {
  readonly tree: Tree
  readonly text: string
  readonly views: MemoryViews
  readonly tables: LanguageTables
  readonly rootNode: Node

  constructor({ tree, text }: { tree: Tree; text: string }, { views, tables }: TreeSource) {
    this.tree = tree
    this.text = text
    this.views = views
    this.tables = tables
    const { id, startIndex, startPosition } = tree.rootNode
    const { row, column } = startPosition
    this.rootNode = new Node(this, { id, bytes: startIndex * 2, row, column: column * 2, alias: 0 }, null)
  }

  /** The node that holds another one; null for the root. */
  parentOf(node: Node): Node | null {
    return node.id === this.rootNode.id ? null : holderOf(this.rootNode, node)
  }

  matchesOf(query: Query, { below, maxDepth }: { below: Node; maxDepth: number }): Map<string, Node>[] {
    return query.matches(this.known(below), { maxStartDepth: maxDepth }).map((match) => {
      const captures = new Map<string, Node>()
      for (const { name, node } of match.captures) if (!captures.has(name)) captures.set(name, this.nodeOf(node))
      return captures
    })
  }

  /** What the library has for a node. */
  private known({ id, startIndex, endIndex }: Node): KnownNode {
    const root = this.tree.rootNode
    let node = id === root.id ? root : root.descendantForIndex(startIndex, endIndex)
    while (node && node.id !== id) node = node.parent
    return node ?? root
  }

  /** The node of this tree that the library knows by this id. */
  private nodeOf({ id, startIndex, endIndex }: KnownNode): Node {
    const wanted = { id, startIndex, endIndex }
    const holder = wanted.id === this.rootNode.id ? null : holderOf(this.rootNode, wanted)
    const node = holder ? holder.children.find((child) => child.id === wanted.id) : this.rootNode
    if (!node) throw new Error('A node of a query is not in its tree')
    return node
  }
}

type Wanted = Pick<Node, 'id' | 'startIndex' | 'endIndex'>

/** The node right above a wanted one, in `from` or below it; null when it is not there. */
function holderOf(from: Node, wanted: Wanted): Node | null {
  let around: Node | undefined = from
  while (around) {
    const holder: Node = around
    const held = holder.children.filter(
      (child) => child.startIndex <= wanted.startIndex && child.endIndex >= wanted.endIndex,
    )
    if (held.some(({ id }) => id === wanted.id)) return holder
    // Where nothing stands between them, an empty node may lie at the end of one or at the beginning of the next.
    if (held.length > 1) return held.map((child) => holderOf(child, wanted)).find((found) => found !== null) ?? null
    around = held[0]
  }
  return null
}
