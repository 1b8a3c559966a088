import { findVariantById, findVariants, findVariantsNamed, type StoredVariant } from '#db/queries/variants.ts'
import { relationTo } from '#lib/auth/audience.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { decideOnProject, type ProjectAction } from '#lib/auth/permissions.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

export type VariantQuery = Omit<VariantIdentity, 'owner'> & { owner?: string }
export interface ProjectQuery {
  name: string
  owner?: string
}
type Caller = Principal

/** The variant a caller means: their own copy first, else the only one they may see. Throws `not_found`, `conflict`, `forbidden`. */
export async function findVariant(
  caller: Caller,
  query: VariantQuery,
  action: ProjectAction = 'project.read',
): Promise<StoredVariant> {
  const chosen = choose(caller, await findVariants(query), { ...query, action })
  const [variant] = chosen
  if (!variant) throw absent(query.name)
  return variant
}

/** All variants of the project a caller means, newest first; at least one. */
export async function findProject(
  caller: Caller,
  query: ProjectQuery,
  action: ProjectAction = 'project.read',
): Promise<StoredVariant[]> {
  return choose(caller, await findVariantsNamed(query.name), { ...query, action })
}

/** Those variants of the project a caller means that are generating; may be none. Throws as findProject does. */
export async function findGenerating(caller: Caller, query: ProjectQuery): Promise<StoredVariant[]> {
  const only = (variant: StoredVariant) => variant.status === 'generating'
  return choose(caller, await findVariantsNamed(query.name), { ...query, action: 'project.change', only })
}

/** The variant with this generation id. */
export async function findById(caller: Caller, id: string): Promise<StoredVariant> {
  const variant = await findVariantById(id)
  const [visible] = choose(caller, variant ? [variant] : [], { name: id, action: 'project.read' })
  if (!visible) throw absent(id)
  return visible
}

interface Choice extends ProjectQuery {
  action: ProjectAction
  only?: (variant: StoredVariant) => boolean
}

/** The candidates of one owner, the caller before all others. What the caller may not see counts as absent. */
function choose(
  caller: Caller,
  candidates: StoredVariant[],
  { name, owner, action, only = () => true }: Choice,
): StoredVariant[] {
  const visible = candidates
    .filter((one) => owner === undefined || one.owner === owner)
    .map((one) => ({ one, decision: decideOnProject(caller.role, relationTo(caller, one), action) }))
    .filter(({ decision }) => decision !== 'hide')
  const own = visible.filter(({ one }) => one.owner === caller.username)
  const candidatesLeft = own.length > 0 ? own : visible
  if (candidatesLeft.length === 0) throw absent(name)
  if (candidatesLeft.some(({ decision }) => decision === 'forbid'))
    throw new DocsfyError('forbidden', `Only the owner of "${name}" or an admin may do this`)
  const meant = candidatesLeft.map(({ one }) => one).filter(only)
  if (new Set(meant.map((one) => one.owner)).size > 1)
    throw new DocsfyError('conflict', `Several owners have "${name}": say whose with ?owner=NAME`)
  return meant
}

function absent(name: string): DocsfyError {
  return new DocsfyError('not_found', `There is no documentation "${name}"`)
}
