import type { Node } from 'web-tree-sitter'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

/** A parsed file with the packages it imports. */
export interface CodeFile {
  root: Node
  source: SourceText
  packages: Set<string>
  isTest: boolean
}
