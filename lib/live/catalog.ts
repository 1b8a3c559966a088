import type { Summary } from '#lib/live/summaries.ts'
import { allFeedRows, type FeedRow, findFeedRow } from '#lib/services/variants/feed-rows.ts'
import { summaryOf } from '#lib/services/variants/list.ts'

/** Above this many changed rows, reading the whole list is cheaper. */
const MAX_SINGLE_READS = 100

/** Who looks at a list: admins see paths of this machine, others do not. */
export type Reader = 'admins' | 'others'

/** A project as one kind of reader sees it. */
interface Face {
  /** JSON of its rows, newest first, each after a comma. */
  rows: Buffer
  summary: Summary
}

/** The variants of one project. What is made from them is kept until one changes. */
export class CatalogProject {
  readonly owner: string
  readonly name: string
  /** Tells projects apart, briefly. */
  readonly number: number
  private readonly byId = new Map<string, FeedRow>()
  private faces: Partial<Record<Reader, Face>> = {}

  constructor({ owner, name }: Pick<FeedRow, 'owner' | 'name'>, number: number) {
    this.owner = owner
    this.name = name
    this.number = number
  }

  get isEmpty(): boolean {
    return this.byId.size === 0
  }

  set(row: FeedRow): void {
    this.byId.set(row.generationId, row)
    this.faces = {}
  }

  delete(generationId: string): void {
    if (this.byId.delete(generationId)) this.faces = {}
  }

  face(reader: Reader): Face {
    this.faces[reader] ??= this.makeFace(reader)
    return this.faces[reader]
  }

  private makeFace(reader: Reader): Face {
    const rows = [...this.byId.values()]
      .map((row) => (reader === 'admins' ? row.forAdmins : row.forOthers))
      .sort((a, b) => compare(b.created_at, a.created_at) || compare(a.generation_id, b.generation_id))
    return { rows: Buffer.from(rows.map((row) => `,${JSON.stringify(row)}`).join('')), summary: summaryOf(rows) }
  }
}

/**
 * All variants in memory, so that a sync costs no query for each viewer. Nothing is patched: a variant something happened to
 * is read again from the database, all of them together, when the next sync needs it.
 */
export class Catalog {
  /** Grows with every change of a row. */
  version = 0
  /** Grows when a project comes or goes. */
  structure = 0
  private readonly projects = new Map<string, CatalogProject>()
  private readonly placeOf = new Map<string, CatalogProject>()
  private stale: Set<string> | 'all' = 'all'
  private created = 0

  /** Something was written to this variant's row, or it was removed. */
  noteChange(generationId: string): void {
    if (this.stale !== 'all') this.stale.add(generationId)
  }

  /** Reads what has changed since it was read last. */
  async refresh(): Promise<void> {
    const { stale } = this
    if (stale !== 'all' && stale.size === 0) return
    this.stale = new Set()
    try {
      if (stale === 'all' || stale.size > MAX_SINGLE_READS) this.replaceAll(await allFeedRows())
      else await Promise.all([...stale].map(async (id) => this.replace(id, await findFeedRow(id))))
    } catch (error) {
      this.stale = 'all'
      throw error
    }
  }

  /** By name, then owner. */
  inOrder(): CatalogProject[] {
    return [...this.projects.values()].sort((a, b) => compare(a.name, b.name) || compare(a.owner, b.owner))
  }

  private replaceAll(rows: FeedRow[]): void {
    this.projects.clear()
    this.placeOf.clear()
    this.structure += 1
    for (const row of rows) this.replace(row.generationId, row)
    this.version += 1
  }

  private replace(generationId: string, row: FeedRow | null): void {
    this.version += 1
    if (row) {
      const project = this.projectOf(row)
      project.set(row)
      this.placeOf.set(generationId, project)
      return
    }
    const project = this.placeOf.get(generationId)
    if (!project) return
    this.placeOf.delete(generationId)
    project.delete(generationId)
    if (!project.isEmpty) return
    this.projects.delete(keyOf(project))
    this.structure += 1
  }

  private projectOf(row: FeedRow): CatalogProject {
    const known = this.projects.get(keyOf(row))
    if (known) return known
    this.created += 1
    this.structure += 1
    const project = new CatalogProject(row, this.created)
    this.projects.set(keyOf(row), project)
    return project
  }
}

function keyOf({ owner, name }: { owner: string; name: string }): string {
  return `${owner}/${name}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
