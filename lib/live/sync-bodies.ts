import { relationTo } from '#lib/auth/audience.ts'
import { decideOnProject } from '#lib/auth/permissions.ts'
import type { Catalog, CatalogProject, Reader } from '#lib/live/catalog.ts'
import { openFrame, pack } from '#lib/live/shared-frame.ts'
import { mergeSummaries } from '#lib/live/summaries.ts'
import type { Viewer } from '#lib/live/viewer.ts'

/** Lists kept until something changes. Who sees the same projects shares one. */
const MAX_BODIES = 32
/** Shorter lists are on their way sooner than compressed. */
const MIN_PACKED_BYTES = 16 * 1024

interface Sight {
  structure: number
  reader: Reader
  projects: CatalogProject[]
  /** Equal for viewers who see the same. */
  key: string
}

/** A sync up to its number. */
export interface SyncBody {
  pieces: Buffer[]
  /** The same compressed; null when that is not worth it. Made when it is asked for first. */
  packed(): Promise<Buffer> | null
}

export interface SyncBodies {
  /** The sync a viewer would get now. The catalog must be fresh. */
  bodyFor(viewer: Viewer): SyncBody
  /** What this viewer may see has changed. */
  forget(viewer: Viewer): void
}

/** Composes the lists of viewers, once for all who may see the same projects. */
export function createSyncBodies(catalog: Catalog): SyncBodies {
  const sights = new WeakMap<Viewer, Sight>()
  const bodies = new Map<string, SyncBody>()
  let version = -1

  function sightOf(viewer: Viewer): Sight {
    const known = sights.get(viewer)
    if (known?.structure === catalog.structure) return known
    const projects = catalog.inOrder().filter((project) => maySee(viewer, project))
    const reader = viewer.role === 'admin' ? 'admins' : 'others'
    const key = `${reader} ${projects.map((project) => project.number).join(' ')}`
    const sight: Sight = { structure: catalog.structure, reader, projects, key }
    sights.set(viewer, sight)
    return sight
  }

  return {
    bodyFor(viewer) {
      if (version !== catalog.version) bodies.clear()
      version = catalog.version
      const sight = sightOf(viewer)
      const body = bodies.get(sight.key) ?? bodyOf(compose(sight))
      bodies.set(sight.key, body)
      const [oldest] = bodies.keys()
      if (bodies.size > MAX_BODIES && oldest !== undefined) bodies.delete(oldest)
      return body
    },
    forget: (viewer) => void sights.delete(viewer),
  }
}

function maySee(viewer: Viewer, project: CatalogProject): boolean {
  return decideOnProject(viewer.role, relationTo(viewer, project), 'project.read') === 'allow'
}

function bodyOf(pieces: Buffer[]): SyncBody {
  const isLong = pieces.reduce((sum, piece) => sum + piece.length, 0) >= MIN_PACKED_BYTES
  let packed: Promise<Buffer> | null = null
  return {
    pieces,
    packed() {
      if (isLong) packed ??= pack(pieces)
      return packed
    },
  }
}

/** The rows are the bytes that were made once per project: nobody copies them, however many see them. */
function compose({ projects, reader }: Sight): Buffer[] {
  const faces = projects.map((project) => project.face(reader))
  const rest = openFrame(JSON.stringify(mergeSummaries(faces.map(({ summary }) => summary))))
  const [first, ...others] = faces.map(({ rows }) => rows)
  const list = first ? [first.subarray(1), ...others] : []
  return [Buffer.from('{"type":"sync","projects":['), ...list, Buffer.from('],'), rest.subarray(1)]
}
