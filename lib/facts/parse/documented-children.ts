import type { Node } from './node.ts'

export interface Documented {
  node: Node
  /** Comments directly above, without a blank line between. */
  comments: Node[]
  /** Attributes between the comments and the declaration (Rust; Kotlin, where they take arguments outside of classes). */
  attributes: Node[]
  /** Comments behind it on its last line that say they belong to it, `/**< … ` or `///<`. */
  trailing: Node[]
}

/** Children of a node with the comments and attributes that belong to them. `before` are comments in front of it. */
export function documentedChildren(container: Node, before: Node[] = []): Documented[] {
  return documentedNodes([...before, ...container.namedChildren])
}

/** The same for nodes that stand one after the other, whatever holds them. */
export function documentedNodes(nodes: Node[]): Documented[] {
  const found: Documented[] = []
  let above: Above = { comments: [], attributes: [], lastRow: -2 }
  for (const node of nodes) {
    const isTouching = node.startPosition.row <= above.lastRow + 1
    const comments = isTouching ? above.comments : []
    if (isComment(node)) {
      if (isBehind(node, found.at(-1))) continue
      // Pushed, not copied: a file may be a hundred thousand comments.
      comments.push(node)
      above = { ...above, comments, lastRow: endRow(node) }
    } else if (isTouching && isPragma(node)) above = { ...above, lastRow: endRow(node) }
    else if (isAttribute(node)) {
      above.attributes.push(node)
      above = { ...above, comments, lastRow: endRow(node) }
    } else {
      found.push({ node, comments, attributes: above.attributes, trailing: [] })
      above = { comments: [], attributes: [], lastRow: -2 }
    }
  }
  return found
}

/** `@Suppress("x")` in front of a function of Kotlin reads as an expression of its own. */
function isAttribute(node: Node): boolean {
  if (node.type === 'attribute_item') return true
  return node.type === 'prefix_expression' && node.firstNamedChild?.type === 'annotation'
}

/** `#pragma GCC diagnostic …` between a comment and what it speaks of. */
function isPragma(node: Node): boolean {
  return node.type === 'preproc_call' && /^#\s*pragma\b/.test(node.text.slice(0, 20))
}

interface Above {
  comments: Node[]
  attributes: Node[]
  lastRow: number
}

/** Whether a comment speaks of the declaration before it; kept with that when it says so. */
function isBehind(comment: Node, before: Documented | undefined): boolean {
  if (!before) return false
  const isMarked = /^(?:\/\*[*!]<|\/\/[/!]<)/.test(comment.text.slice(0, 4))
  if (isMarked) before.trailing.push(comment)
  return isMarked || comment.startPosition.row === endRow(before.node)
}

export function isComment({ type }: Node): boolean {
  return type === 'comment' || type === 'line_comment' || /^(?:block|multiline)_comment$/.test(type)
}

/** Last row a node stands on, 0-based; some line comments include their line break. */
export function endRow(node: Node): number {
  const { row, column } = node.endPosition
  return column === 0 && row > node.startPosition.row ? row - 1 : row
}
