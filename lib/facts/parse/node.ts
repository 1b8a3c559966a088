import type { Query } from 'web-tree-sitter'
import {
  hasErrorAt,
  isMissingAt,
  isNamedAt,
  namedChildCountAt,
  type Place,
  parentAt,
  productionAt,
  SubtreeCursor,
  sizeAt,
  symbolAt,
  type TreeSource,
} from './subtree-cursor.ts'

/** What the nodes of a tree know of it. */
export interface TreeOfNodes extends TreeSource {
  text: string
  rootNode: Node
  /** The node right above; null for the root. */
  parentOf(node: Node): Node | null
  /** Matches of a query below a node, each as capture name → node (the first node of that name). */
  matchesOf(query: Query, where: { below: Node; maxDepth: number }): Map<string, Node>[]
}

/**
 * A node of a syntax tree as web-tree-sitter has them, read where it lies in the memory of the parser: asking costs no call
 * into WebAssembly. It may be used as long as its tree is.
 */
export class Node implements Place {
  readonly tree: TreeOfNodes
  /** The same for the same node of a tree, however it was found. */
  readonly id: number
  readonly type: string
  readonly bytes: number
  readonly row: number
  readonly column: number
  readonly alias: number
  /** Undefined until somebody asks, when it was not found through its parent. */
  private above: Node | null | undefined
  private shown: Node[] | null = null
  private named: Node[] | null = null

  constructor(tree: TreeOfNodes, { id, bytes, row, column, alias }: Place, above: Node | null | undefined) {
    this.tree = tree
    this.id = id
    this.type = tree.tables.typeOf(alias === 0 ? symbolAt(tree.views, id) : alias)
    this.bytes = bytes
    this.row = row
    this.column = column
    this.alias = alias
    this.above = above
  }

  get startIndex(): number {
    return this.bytes >> 1
  }

  get text(): string {
    return this.tree.text.slice(this.startIndex, this.endIndex)
  }

  get endIndex(): number {
    return (this.bytes + sizeAt(this.tree.views, this.id).bytes) >> 1
  }

  get startPosition(): { row: number; column: number } {
    const { row, column } = this
    return { row, column: column >> 1 }
  }

  get endPosition(): { row: number; column: number } {
    const { row, column } = this
    const size = sizeAt(this.tree.views, this.id)
    return { row: row + size.row, column: (size.row > 0 ? size.column : column + size.column) >> 1 }
  }

  get isNamed(): boolean {
    const { alias } = this
    return alias === 0 ? isNamedAt(this.tree.views, this.id) : this.tree.tables.isNamed(alias)
  }

  get isMissing(): boolean {
    return isMissingAt(this.tree.views, this.id)
  }

  get hasError(): boolean {
    return hasErrorAt(this.tree.views, this.id)
  }

  get parent(): Node | null {
    if (this.above === undefined) this.above = this.tree.parentOf(this)
    return this.above
  }

  get children(): Node[] {
    if (!this.shown) {
      this.shown = []
      this.collect(this, this.shown, false)
    }
    return this.shown
  }

  get namedChildren(): Node[] {
    if (!this.named) {
      this.named = []
      this.collect(this, this.named, true)
    }
    return this.named
  }

  get namedChildCount(): number {
    return namedChildCountAt(this.tree.views, parentAt(this.tree.views, this.id))
  }

  /** The first named one below; also below children that are not named. */
  get firstNamedChild(): Node | null {
    const { views, tables } = this.tree
    let cursor = this.below(this)
    let above: Node | undefined = this
    while (cursor.next()) {
      const { alias, id } = cursor
      if (cursor.isShown && (alias === 0 ? isNamedAt(views, id) : tables.isNamed(alias)))
        return new Node(this.tree, cursor, above)
      if (namedChildCountAt(views, parentAt(views, id)) === 0) continue
      if (cursor.isShown) above = undefined
      cursor = this.below(cursor)
    }
    return null
  }

  get lastNamedChild(): Node | null {
    return this.namedChildren.at(-1) ?? null
  }

  /** The next one that has text: what the parser only put in at the end of this one is passed over. */
  get nextSibling(): Node | null {
    return this.next((node) => node.endIndex > this.endIndex)
  }

  get nextNamedSibling(): Node | null {
    return this.next((node) => node.isNamed && node.endIndex > this.endIndex)
  }

  get previousSibling(): Node | null {
    return this.previous(() => true)
  }

  get previousNamedSibling(): Node | null {
    return this.previous((node) => node.isNamed)
  }

  childForFieldName(name: string): Node | null {
    const field = this.tree.tables.fieldId(name)
    return field === 0 ? null : this.fieldBelow(this, field, this)
  }

  childrenForFieldName(name: string): Node[] {
    const field = this.tree.tables.fieldId(name)
    const found: Node[] = []
    if (field !== 0) this.collectField({ place: this, field, around: 0 }, found)
    return found
  }

  /** This node and all below that have one of these types, in the order they begin. */
  descendantsOfType(types: string | string[]): Node[] {
    const { views, tables } = this.tree
    const wanted = tables.symbolsOf(types)
    const found: Node[] = []
    const errors = wanted.length - 1
    const isWanted = ({ id, alias }: Place) => wanted[Math.min(alias === 0 ? symbolAt(views, id) : alias, errors)] === 1
    if (isWanted(this)) found.push(this)
    const around = [this.below(this)]
    for (let cursor = around.at(-1); cursor; cursor = around.at(-1)) {
      if (!cursor.next()) {
        around.pop()
        continue
      }
      if (cursor.isShown && isWanted(cursor)) found.push(new Node(this.tree, cursor, undefined))
      if (parentAt(views, cursor.id) !== 0) around.push(this.below(cursor))
    }
    return found
  }

  /** The smallest node at a place of the text. */
  descendantForIndex(index: number): Node {
    return this.smallestAt(index, false)
  }

  namedDescendantForIndex(index: number): Node {
    return this.smallestAt(index, true)
  }

  private smallestAt(index: number, mustBeNamed: boolean): Node {
    const bytes = index * 2
    let found: Node = this
    let innermost: Node = this
    let cursor = this.below(this)
    while (cursor.next()) {
      const isEmpty = cursor.bytes === cursor.endBytes
      if (cursor.endBytes < bytes || (!isEmpty && cursor.endBytes === bytes)) continue
      if (bytes < cursor.bytes) break
      if (cursor.isShown) {
        innermost = new Node(this.tree, cursor, innermost)
        if (!mustBeNamed || innermost.isNamed) found = innermost
      }
      cursor = this.below(cursor)
    }
    return found
  }

  private below(place: Place): SubtreeCursor {
    return new SubtreeCursor(this.tree, parentAt(this.tree.views, place.id), place)
  }

  private collect(place: Place, found: Node[], onlyNamed: boolean): void {
    const { views, tables } = this.tree
    const cursor = this.below(place)
    while (cursor.next()) {
      const { id, alias } = cursor
      if (!cursor.isShown) {
        if (parentAt(views, id) !== 0) this.collect(cursor, found, onlyNamed)
      } else if (!onlyNamed || (alias === 0 ? isNamedAt(views, id) : tables.isNamed(alias)))
        found.push(new Node(this.tree, cursor, this))
    }
  }

  private next(isWanted: (node: Node) => boolean): Node | null {
    const siblings = this.parent?.children ?? []
    const place = siblings.findIndex(({ id }) => id === this.id)
    return siblings.find((node, at) => at > place && isWanted(node)) ?? null
  }

  private previous(isWanted: (node: Node) => boolean): Node | null {
    const siblings = this.parent?.children ?? []
    const place = siblings.findIndex(({ id }) => id === this.id)
    return siblings.slice(0, place).findLast(isWanted) ?? null
  }

  /** As `ts_node_child_by_field_id`: a field of a hidden child is one of what it is hidden in. */
  private fieldBelow(place: Place, field: number, above: Node | undefined): Node | null {
    const parent = parentAt(this.tree.views, place.id)
    if (parent === 0) return null
    const entries = this.tree.tables.entriesOf(productionAt(this.tree.views, parent), field)
    let at = 0
    const cursor = new SubtreeCursor(this.tree, parent, place)
    for (let entry = entries[at]; entry && cursor.next(); entry = entries[at]) {
      if (cursor.isExtra || cursor.childIndex < entry.childIndex) continue
      const found = entry.isInherited
        ? this.fieldBelow(cursor, field, cursor.isShown ? undefined : above)
        : this.shownAt(cursor, above)
      if (found) return found
      at += 1
    }
    return null
  }

  /** A child; the first one of it when it is hidden. */
  private shownAt(cursor: SubtreeCursor, above: Node | undefined): Node | null {
    if (cursor.isShown) return new Node(this.tree, cursor, above)
    const inner = this.below(cursor)
    while (inner.next()) {
      const found = this.shownAt(inner, above)
      if (found) return found
    }
    return null
  }

  /** `around` is the field of the hidden subtree all of this stands in. */
  private collectField({ place, field, around }: { place: Place; field: number; around: number }, found: Node[]): void {
    const { views, tables } = this.tree
    const parent = parentAt(views, place.id)
    const production = parent === 0 ? 0 : productionAt(views, parent)
    const cursor = this.below(place)
    while (cursor.next()) {
      const own = cursor.isExtra ? 0 : tables.fieldOf(production, cursor.childIndex)
      const current = cursor.isExtra ? 0 : own || around
      if (!cursor.isShown) this.collectField({ place: cursor, field, around: current }, found)
      else if (current === field) found.push(new Node(this.tree, cursor, this))
    }
  }
}
