import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { variantPath } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'
import { abortActiveRun } from '#lib/jobs/queue.ts'
import { findGenerating, findVariant, type ProjectQuery, type VariantQuery } from '#lib/services/variants/find.ts'
import { storedIdentity } from '#lib/services/variants/present.ts'

/** Aborts the running generation of one variant. Throws `conflict` when it has finished. */
export async function abortVariant(caller: Principal, query: VariantQuery): Promise<{ aborted: string }> {
  const variant = await findVariant(caller, query, 'project.change')
  await abort(variant)
  return { aborted: decodeURIComponent(variantPath(query)) }
}

/** Aborts the only running generation of a project. Throws `not_found` when none runs, `conflict` when several do. */
export async function abortProject(caller: Principal, query: ProjectQuery): Promise<{ aborted: string }> {
  const [running, another] = await findGenerating(caller, query)
  if (!running) throw new DocsfyError('not_found', `No generation of "${query.name}" is running`)
  if (another)
    throw new DocsfyError(
      'conflict',
      `Several generations of "${query.name}" are running: name branch, provider and model`,
    )
  await abort(running)
  return { aborted: query.name }
}

async function abort(variant: StoredVariant): Promise<void> {
  if (await abortActiveRun(variant.id, storedIdentity(variant))) return
  throw new DocsfyError('conflict', `The generation of "${variant.name}" has already finished`)
}
