import type { Facts } from '#lib/domain/facts.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from './snapshot-of-files.ts'

/** Facts of a project called `name` that holds these files alone. */
export function factsOf(files: Record<string, string>, name = 'x'): Promise<Facts> {
  const { signal } = new AbortController()
  return extractFacts({ snapshot: snapshotOfFiles(files), name, signal, progress: () => {} })
}
