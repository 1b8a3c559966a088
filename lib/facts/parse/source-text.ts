import { hash } from 'node:crypto'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { Grammar } from '#lib/facts/languages.ts'
import type { Node } from './node.ts'
import { missingSeparators } from './typescript-separators.ts'

/** What no declaration says, wherever it stands in one. */
const COMMENTS = ['comment', 'line_comment', 'block_comment', 'multiline_comment', 'preproc_pragma', 'preproc_region']
const COMMENT_MARK = /\/\/|\/\*|#|--/

interface Edited {
  startIndex: number
  endIndex: number
  edits: { from: number; to: number; text: string }[]
}

/** One file while it is being parsed: turns nodes into ranges, text and hashes. */
export class SourceText {
  readonly path: string
  readonly content: string
  readonly grammar: Grammar
  private lines: FoldedLines | null = null

  constructor(path: string, content: string, grammar: Grammar) {
    this.path = path
    this.content = content
    this.grammar = grammar
  }

  /** Lines from the start of `first` to the end of `last`, 1-based and inclusive. */
  range(first: Node, last: Node = first): SourceRange {
    return { path: this.path, start: first.startPosition.row + 1, end: lastLine(last) }
  }

  /** Source of a part of a node, comments cut out, white space folded to one line that still reads the same. */
  folded(node: Node, startIndex: number, endIndex: number): string {
    const text = this.content.slice(startIndex, endIndex)
    const comments = COMMENT_MARK.test(text) ? node.descendantsOfType(COMMENTS) : []
    const isSeparable = /^(?:typescript|tsx)$/.test(this.grammar) && /\{[^}]*\n/.test(text)
    const separators = isSeparable ? missingSeparators(node, startIndex, endIndex) : []
    if (comments.length + separators.length === 0) return foldCode(text)
    const edits = [
      ...comments.map((comment) => ({ from: comment.startIndex, to: comment.endIndex, text: '' })),
      ...separators.map((at) => ({ from: at, to: at, text: ';' })),
    ]
    return foldCode(this.edited({ startIndex, endIndex, edits }))
  }

  private edited({ startIndex, endIndex, edits }: Edited): string {
    let kept = ''
    let at = startIndex
    for (const { from, to, text } of edits.sort((a, b) => a.from - b.from || a.to - b.to)) {
      if (from < at || to > endIndex) continue
      kept += this.content.slice(at, from) + text
      at = to
    }
    return kept + this.content.slice(at, endIndex)
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
    // Only once: symbols stand inside each other, so most lines are part of several hashes.
    this.lines ??= foldedLines(this.content)
    const { text, starts } = this.lines
    const start = starts[Math.min(range.start, starts.length) - 1] ?? 0
    const end = starts[Math.min(range.end, starts.length - 1)] ?? 0
    return hash('sha256', text.slice(start, Math.max(start, end - 1)), 'hex').slice(0, 16)
  }
}

interface FoldedLines {
  /** Lines that are not empty, each with a space behind it. */
  text: string
  /** Where each line begins in it, and where the text ends. */
  starts: Int32Array
}

function foldedLines(content: string): FoldedLines {
  const lines = content.split('\n')
  const starts = new Int32Array(lines.length + 1)
  let text = ''
  for (const [index, line] of lines.entries()) {
    const folded = foldLine(line)
    if (folded) text += `${folded} `
    starts[index + 1] = text.length
  }
  return { text, starts }
}

function foldLine(line: string): string {
  const text = line.trim()
  return /[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text
}

/** Folds white space; brackets do not keep the line breaks inside them, nor the comma after the last item. */
function foldCode(text: string): string {
  if (!/[^\S ]| {2}/.test(text)) return text.trim()
  return text
    .replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : ' '))
    .replace(/([([<])\n/g, '$1')
    .replace(/,?\n([)\]])/g, '$1')
    .replace(/,\n>/g, '>')
    .replace(/([\w>"'\]])\n>(?=[>([,;]|$)/g, '$1>')
    .replace(/\n/g, ' ')
    .trim()
}

function lastLine(node: Node): number {
  const { row, column } = node.endPosition
  return column === 0 && row > node.startPosition.row ? row : row + 1
}
