/** What a page says that can be held against the commit, and how much it tells. */
export interface PageVerdict {
  /** Claims that could be decided. */
  checked: number
  /** Those that do not hold: line of the Markdown (1-based), the claim, and what the code says instead. */
  misses: { line: number; claim: string; found: string }[]
  /** Words of sentences of paragraphs and list items that carry a citation. */
  provenWords: number
  /**
   * Names of the repository, sorted: symbols, paths, flags, variables, routes, scripts, commands and keys that stand as code
   * in cited paragraphs and list items, in tables or in headings.
   */
  explained: string[]
  /** Hashes of the code blocks and diagrams in which everything holds, white space folded. */
  blocks: string[]
}
