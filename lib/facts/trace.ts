import type { Edge } from './graph.ts'
import type { Manifests } from './manifests.ts'
import type { OfferedEntry } from './references/offered-names.ts'
import type { ReferenceTrace } from './references/references.ts'
import type { SymbolColumns } from './symbol-columns.ts'

/** What assembled facts were made by, so that a later run redoes only what a change can affect. */
export interface Trace extends ReferenceTrace {
  symbols: SymbolColumns
  /** Uses of files that no import names. */
  further: Edge[]
  /** Paths that were looked for in vain, as bits of a filter. */
  misses: Uint8Array
  /** Paths that manifests and interfaces rest on, such as lock files and programs. */
  needed: Set<string>
  /** Imports matter to what people and programs are offered. */
  followsImports: boolean
  packageNames: Map<string, string>
  /** Names that files pass on under another one, as `there here`. */
  renamed: Set<string>
  offering: OfferedEntry[]
  descriptions: Manifests['descriptions']
}
