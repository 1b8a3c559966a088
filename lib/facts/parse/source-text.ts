import { hash } from 'node:crypto'
import type { Node } from 'web-tree-sitter'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { Grammar } from '#lib/facts/languages.ts'

const COMMENTS = ['comment', 'line_comment', 'block_comment']

/** One file while it is being parsed: turns nodes into ranges, text and hashes. */
export class SourceText {
  readonly path: string
  readonly content: string
  readonly grammar: Grammar
  private lines: string[] | null = null

  constructor(path: string, content: string, grammar: Grammar) {
    this.path = path
    this.content = content
    this.grammar = grammar
  }

  /** Lines from the start of `first` to the end of `last`, 1-based and inclusive. */
  range(first: Node, last: Node = first): SourceRange {
    return { path: this.path, start: first.startPosition.row + 1, end: lastLine(last) }
  }

  /** Source of a part of a node, comments cut out, white space folded. */
  folded(node: Node, startIndex: number, endIndex: number): string {
    const text = this.content.slice(startIndex, endIndex)
    if (!/\/\/|\/\*|#/.test(text)) return foldCode(text)
    const inside = node
      .descendantsOfType(COMMENTS)
      .filter((comment) => comment.startIndex >= startIndex && comment.endIndex <= endIndex)
    let kept = ''
    let at = startIndex
    for (const comment of inside) {
      kept += this.content.slice(at, comment.startIndex)
      at = comment.endIndex
    }
    return foldCode(kept + this.content.slice(at, endIndex))
  }

  /** Text of a node as the file has it, whatever was repaired for the parser. */
  written(node: Node): string {
    return this.content.slice(node.startIndex, node.endIndex)
  }

  /** Whole text of a node, folded. */
  text(node: Node): string {
    return this.folded(node, node.startIndex, node.endIndex)
  }

  /** SHA-256 of the lines of a range, white space folded, first 16 hex digits. */
  hash(range: SourceRange): string {
    this.lines ??= this.content.split('\n')
    const text = this.lines.slice(range.start - 1, range.end).join(' ')
    return hash('sha256', text.replace(/\s+/g, ' ').trim(), 'hex').slice(0, 16)
  }
}

/** Folds white space; brackets do not keep the line breaks inside them, nor the comma after the last item. */
function foldCode(text: string): string {
  return text
    .replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : ' '))
    .replace(/([([<])\n/g, '$1')
    .replace(/,?\n([)\]])/g, '$1')
    .replace(/\n/g, ' ')
    .trim()
}

function lastLine(node: Node): number {
  const { row, column } = node.endPosition
  return column === 0 && row > node.startPosition.row ? row : row + 1
}
