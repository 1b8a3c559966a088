import { relationTo } from '#lib/auth/audience.ts'
import { decideOnProject } from '#lib/auth/permissions.ts'
import type { Catalog, CatalogProject, Reader } from '#lib/live/catalog.ts'
import { openFrame } from '#lib/live/shared-frame.ts'
import { mergeSummaries } from '#lib/live/summaries.ts'
import type { Viewer } from '#lib/live/viewer.ts'

/** Lists kept until something changes. Who sees the same projects shares one. */
const MAX_BODIES = 32

interface Sight {
  structure: number
  reader: Reader
  projects: CatalogProject[]
  /** Equal for viewers who see the same. */
  key: string
}

export interface SyncBodies {
  /** The sync a viewer would get now, up to its number, in pieces. The catalog must be fresh. */
  bodyFor(viewer: Viewer): Buffer[]
  /** What this viewer may see has changed. */
  forget(viewer: Viewer): void
}

/** Composes the lists of viewers, once for all who may see the same projects. */
export function createSyncBodies(catalog: Catalog): SyncBodies {
  const sights = new WeakMap<Viewer, Sight>()
  const bodies = new Map<string, Buffer[]>()
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
      const known = bodies.get(sight.key)
      const body = known ? joined(known) : compose(sight)
      if (known || bodies.size < MAX_BODIES) bodies.set(sight.key, body)
      return body
    },
    forget: (viewer) => void sights.delete(viewer),
  }
}

function maySee(viewer: Viewer, project: CatalogProject): boolean {
  return decideOnProject(viewer.role, relationTo(viewer, project), 'project.read') === 'allow'
}

/** Each write of many pieces costs more than one copy of them all: worth it from the second viewer of a list on. */
function joined(pieces: Buffer[]): Buffer[] {
  return pieces.length > 1 ? [Buffer.concat(pieces)] : pieces
}

/** The rows are the bytes that were made once per project: a list that one viewer alone gets is not copied. */
function compose({ projects, reader }: Sight): Buffer[] {
  const faces = projects.map((project) => project.face(reader))
  const rest = openFrame(JSON.stringify(mergeSummaries(faces.map(({ summary }) => summary))))
  const [first, ...others] = faces.map(({ rows }) => rows)
  const list = first ? [first.subarray(1), ...others] : []
  return [Buffer.from('{"type":"sync","projects":['), ...list, Buffer.from('],'), rest.subarray(1)]
}
