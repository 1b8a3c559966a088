import { anyVariant, listVariants, type Visibility } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import type { ProjectResponse } from '#lib/domain/responses.ts'
import type { ProjectsResponse, VariantRow } from '#lib/domain/variant.ts'
import { findProject, type ProjectQuery } from '#lib/services/variants/find.ts'
import { presentVariant } from '#lib/services/variants/present.ts'

type Viewer = Pick<Principal, 'username' | 'role'>

/** Everything a viewer may see. `plan_json` is filled for generating variants only. */
export async function listProjects(viewer: Viewer): Promise<ProjectsResponse> {
  const projects = (await listVariants(visibilityOf(viewer))).map((variant) => presentVariant(variant, viewer))
  return { projects, ...summaryOf(projects) }
}

/** What a list says besides its rows. */
export function summaryOf(projects: VariantRow[]): Omit<ProjectsResponse, 'projects'> {
  return {
    known_models: grouped(projects, (row) => [row.ai_provider, row.ai_model]),
    known_branches: grouped(projects, (row) => [row.name, row.branch]),
    total_cost_usd: projects.reduce((sum, row) => sum + (row.total_cost_usd ?? 0), 0),
    unpriced_calls: projects.reduce((sum, row) => sum + row.unpriced_calls, 0),
  }
}

/** The variants of one project. */
export async function getProject(caller: Principal, query: ProjectQuery): Promise<ProjectResponse> {
  const variants = await findProject(caller, query)
  return {
    name: query.name,
    variants: variants.map((variant) => {
      const row = presentVariant(variant, caller)
      return row.status === 'generating' ? row : { ...row, plan_json: null }
    }),
  }
}

/** Whether anybody has generated anything on this server. */
export function hasDocumentation(): Promise<boolean> {
  return anyVariant()
}

/** Which rows a viewer may see. */
export function visibilityOf(viewer: Viewer): Visibility {
  return viewer.role === 'admin' ? 'all' : { username: viewer.username }
}

function grouped(rows: VariantRow[], pair: (row: VariantRow) => [string, string]): Record<string, string[]> {
  const groups = new Map<string, Set<string>>()
  for (const row of rows) {
    const [key, value] = pair(row)
    groups.set(key, (groups.get(key) ?? new Set()).add(value))
  }
  return Object.fromEntries([...groups].map(([key, values]) => [key, [...values].sort()]))
}
