import { createHash } from 'node:crypto'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { DocsfyError } from '#lib/errors.ts'

/** A snapshot held in memory: the given files at one commit whose id is derived from their content. */
export function snapshotOfFiles(files: Record<string, string | Uint8Array>): Snapshot {
  const blobs = new Map<string, Uint8Array>()
  const entries = Object.keys(files)
    .sort()
    .map((path) => {
      const content = files[path] ?? ''
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
      blobs.set(oid, bytes)
      return { path, oid, executable: false }
    })
  const tree = entries.map((entry) => `${entry.oid} ${entry.path}`).join('\n')
  return {
    commit: createHash('sha1').update(tree).digest('hex'),
    committedAt: '2026-01-02T03:04:05Z',
    branch: 'main',
    entries,
    skippedEntries: [],
    async readBlob(oid) {
      const blob = blobs.get(oid)
      if (!blob) throw new DocsfyError('repository_unavailable', `The object ${oid} is not in the snapshot`)
      return blob
    },
  }
}
