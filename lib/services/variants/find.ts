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

/** The variant with this generation id. */
export async function findById(caller: Caller, id: string): Promise<StoredVariant> {
  const variant = await findVariantById(id)
  const [visible] = choose(caller, variant ? [variant] : [], { name: id, action: 'project.read' })
  if (!visible) throw absent(id)
  return visible
}

interface Choice extends ProjectQuery {
  action: ProjectAction
}

/** The candidates of one owner. What the caller may not see counts as absent. */
function choose(caller: Caller, candidates: StoredVariant[], { name, owner, action }: Choice): StoredVariant[] {
  const decided = candidates
    .filter((one) => owner === undefined || one.owner === owner)
    .map((one) => ({ one, decision: decideOnProject(caller.role, relationTo(caller, one), action) }))
    .filter(({ decision }) => decision !== 'hide')
  const owners = new Set(decided.map(({ one }) => one.owner))
  const chosenOwner = owners.has(caller.username) ? caller.username : [...owners][0]
  if (chosenOwner === undefined) throw absent(name)
  if (chosenOwner !== caller.username && owners.size > 1)
    throw new DocsfyError('conflict', `Several owners have "${name}": say whose with ?owner=NAME`)
  const chosen = decided.filter(({ one }) => one.owner === chosenOwner)
  if (chosen.some(({ decision }) => decision === 'forbid'))
    throw new DocsfyError('forbidden', `Only the owner of "${name}" or an admin may do this`)
  return chosen.map(({ one }) => one)
}

function absent(name: string): DocsfyError {
  return new DocsfyError('not_found', `There is no documentation "${name}"`)
}
