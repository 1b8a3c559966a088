import type { Node } from '#lib/facts/parse/node.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

/** A parsed file with the packages it imports. */
export interface CodeFile {
  root: Node
  source: SourceText
  packages: Set<string>
  isTest: boolean
}
