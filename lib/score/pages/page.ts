/** A piece of running text, in reading order. */
export interface Inline {
  kind: 'text' | 'code' | 'link' | 'image'
  /** Plain text; for a link its label, for an image its description. */
  text: string
  /** Target of a link or image as written; null for others. */
  href: string | null
  /** Whether the text is set as code: true for code, and for a link whose label is code. */
  isCode: boolean
  /** 1-based line in the file. */
  line: number
}

export interface TextBlock {
  kind: 'heading' | 'paragraph' | 'item'
  line: number
  /** 1–6 for a heading, 0 for others. */
  level: number
  inlines: Inline[]
}

export interface RowBlock {
  kind: 'row'
  line: number
  /** Plain text of the header cells of its table. */
  header: string[]
  cells: Inline[][]
  inlines: Inline[]
}

export interface FenceBlock {
  kind: 'fence'
  /** Line of the first line of code. */
  line: number
  /** As written, lower case; empty when there is none. */
  language: string
  code: string
}

export type Block = TextBlock | RowBlock | FenceBlock

/** One page of documentation as it was found on disk, whatever it was written in. */
export interface DocPage {
  /** Path relative to the target without ending, with `/`. */
  key: string
  /** Path relative to the target. */
  file: string
  /** What front matter says it is; null when it says nothing. */
  type: string | null
  blocks: Block[]
  /** Ids that a fragment may name; null: not known yet. */
  anchors: Set<string> | null
  /** Links outside the text: menus, footers. */
  navigation: Inline[]
  /** A page that only leads to others, made beside Markdown pages: it makes no claims. */
  isNavigation: boolean
  /** Whether the page itself says that no other leads to it. */
  isOrphan?: boolean
}

/** Running text of a block; none for a fence. */
export function inlinesOf(block: Block): Inline[] {
  return block.kind === 'fence' ? [] : block.inlines
}

/** Plain text of inlines, citations and all. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map(({ kind, text }) => (kind === 'image' ? '' : text)).join('')
}

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_'’-]*[\p{L}\p{N}][\p{L}\p{N}_'’-]*/gu) ?? []
}
