/** What a page says that can be held against the commit, and how much it tells. */
export interface PageVerdict {
  /** Claims that could be decided. */
  checked: number
  /** Those that do not hold: line of the Markdown (1-based), the claim, and what the code says instead. */
  misses: { line: number; claim: string; found: string }[]
  /** Words of paragraphs and list items that carry a citation. */
  provenWords: number
  /** Symbols and paths that such a paragraph speaks of, sorted. */
  explained: string[]
}
