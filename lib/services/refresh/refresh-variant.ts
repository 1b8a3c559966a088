import { rememberForNextStart, rememberRefresh } from '#db/queries/pending-refreshes.ts'
import type { StoredVariant } from '#db/queries/variants.ts'
import { roleOf } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'
import { DocsfyError } from '#lib/errors.ts'
import { enqueueRun, intake } from '#lib/jobs/queue.ts'
import { type Repository, resolvePath, resolveUrl } from '#lib/services/generations/resolve-repository.ts'

/** A run may end between the two looks at it; then it is started after all. */
const ATTEMPTS = 3

/**
 * Generates a variant again in its owner's name, without force. `waiting`: a run has yet to begin, which is enough;
 * `after_run`: as soon as the run that works now has ended, or a server that stops is up again. Throws as starting a
 * generation does, when the owner may no longer do that, or the repository is no longer allowed.
 */
export async function refreshVariant(
  variant: StoredVariant,
  trigger: RunTrigger,
): Promise<'started' | 'waiting' | 'after_run'> {
  const repository = await allowedRepository(variant)
  const { id: variantId, owner, branch, provider, model } = variant
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const started = await enqueueRun({
      variantId,
      owner,
      repository,
      branch,
      provider,
      model,
      force: false,
      repoType: null,
      trigger,
      requestedBy: owner,
      ownerIsAccount: owner !== ADMIN_USERNAME,
    }).catch(async (error) => {
      if (intake().isOpen) throw error
      await rememberForNextStart(variantId, trigger)
      return 'stopping' as const
    })
    if (started === 'stopping') return 'after_run'
    if (started) return 'started'
    const remembered = await rememberRefresh(variantId, trigger)
    if (remembered === 'remembered') return 'after_run'
    if (remembered === 'waiting') return 'waiting'
  }
  throw new DocsfyError('not_found', `There is no documentation "${variant.name}" any more`)
}

/** Throws when the owner may not have this repository documented now, whatever was allowed when that was set up. */
export async function allowedRepository({ owner, kind, canonicalUrl }: StoredVariant): Promise<Repository> {
  const role = await roleOf(owner)
  if (!role) throw new DocsfyError('unauthenticated', `There is no user "${owner}" any more`)
  needPermission({ role }, 'generation.start')
  if (kind === 'url') return { ...resolveUrl(canonicalUrl), canonicalUrl }
  needPermission({ role }, 'generation.start_local')
  return { ...(await resolvePath(canonicalUrl)), canonicalUrl }
}
