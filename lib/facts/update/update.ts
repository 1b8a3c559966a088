import type { FileFact } from '#lib/domain/facts.ts'
import type { FactsBefore } from '#lib/facts/cache/facts-cache.ts'
import type { RecordCache } from '#lib/facts/cache/record-cache.ts'
import type { CollectRequest } from '#lib/facts/collect.ts'
import type { KnownPaths } from '#lib/facts/imports/known-paths.ts'
import type { LazyRecords } from './lazy-records.ts'
import type { Records } from './reach.ts'
import type { SymbolRuns } from './symbol-places.ts'

export interface UpdateRequest extends Omit<CollectRequest, 'cache'> {
  cache: RecordCache
  /** What is known of another commit. */
  before: FactsBefore
}

/** Facts on their way from one commit to another. */
export interface Update {
  request: UpdateRequest
  files: FileFact[]
  records: Records
  /** Paths that were added, removed or have other content. */
  changed: ReadonlySet<string>
  removed: ReadonlySet<string>
  parsed: LazyRecords
  paths: KnownPaths
  symbolsBefore: SymbolRuns
}
