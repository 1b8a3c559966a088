import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import type { LinesOf } from '#lib/links/own-citations.ts'

/** Reads the lines of files at a commit, each file once. */
export function linesOfSnapshot(snapshot: Snapshot, signal: AbortSignal): LinesOf {
  const oids = new Map(snapshot.entries.map(({ path, oid }) => [path, oid]))
  const known = new Map<string, string[] | null>()
  return async (path) => {
    const cached = known.get(path)
    if (cached !== undefined) return cached
    throwIfAborted(signal)
    const oid = oids.get(path)
    const bytes = oid === undefined ? null : await snapshot.readBlob(oid)
    const lines = bytes ? new TextDecoder().decode(bytes).split('\n') : null
    if (lines?.at(-1) === '') lines.pop()
    known.set(path, lines)
    return lines
  }
}
