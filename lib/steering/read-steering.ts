import type { Snapshot } from '#lib/domain/snapshot.ts'
import { mergedSteering, type Steering } from '#lib/domain/steering.ts'
import { type ParsedSteering, parseSteering } from './parse-steering.ts'
import { pathFilter } from './path-patterns.ts'

/** At the root of the repository; the first that exists counts. */
const FILES = ['docsfy.yml', 'docsfy.yaml']
const LARGEST_BYTES = 64 * 1024

export interface Steered {
  steering: Steering
  /** The commit without the files that the documentation is not about. */
  snapshot: Snapshot
  /** Sentences for people. */
  notices: string[]
}

/** What is asked of the documentation of a commit: by its own file and, wish by wish before that, by the dashboard. */
export async function steered(snapshot: Snapshot, dashboard: Steering): Promise<Steered> {
  const { steering: file, notices } = await readSteering(snapshot)
  const steering = mergedSteering(file, dashboard)
  if (!steering.paths) return { steering, snapshot, notices }
  const isIn = pathFilter(steering.paths)
  const entries = snapshot.entries.filter(({ path }) => isIn(path))
  if (entries.length > 0) return { steering, snapshot: { ...snapshot, entries }, notices }
  return { steering, snapshot, notices: [...notices, 'The paths that are asked for leave no file: they are ignored'] }
}

async function readSteering({ entries, readBlob }: Snapshot): Promise<ParsedSteering> {
  const name = FILES.find((file) => entries.some(({ path }) => path === file))
  const entry = entries.find(({ path }) => path === name)
  if (!entry) return { steering: {}, notices: [] }
  const bytes = await readBlob(entry.oid)
  if (!bytes || bytes.length > LARGEST_BYTES)
    return { steering: {}, notices: [`${name} is larger than ${LARGEST_BYTES / 1024} KB and is not read`] }
  const { steering, notices } = parseSteering(new TextDecoder().decode(bytes))
  return { steering, notices: notices.map((notice) => `${name}: ${notice}`) }
}
