import type { Principal } from '#lib/auth/authenticate.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'
import { resumeRun } from '#lib/jobs/queue.ts'
import { allowedRepository } from '#lib/services/refresh/refresh-variant.ts'
import { findVariant, type VariantQuery } from '#lib/services/variants/find.ts'
import { isResumable } from '#lib/services/variants/present.ts'

/**
 * Goes on with a failed or aborted generation from the pages it has written. Throws `conflict` when there is nothing to go
 * on with, and as starting a generation does when its owner may not have the repository documented any more.
 */
export async function resumeVariant(caller: Principal, query: VariantQuery): Promise<GenerateResponse> {
  const variant = await findVariant(caller, query, 'project.change')
  const { name, branch } = variant
  if (variant.status === 'generating') throw running(query)
  if (!isResumable(variant))
    throw new DocsfyError(
      'conflict',
      variant.status === 'ready'
        ? `The documentation of ${name}@${branch} is finished: there is nothing to resume`
        : `No page of ${name}@${branch} was written before its generation ended: generate it again`,
    )
  await allowedRepository(variant)
  const started = await resumeRun(variant, { trigger: 'resume', requestedBy: caller.username })
  if (!started) throw running(query)
  const { projectName: project, variantId: generation_id, repoType: repo_type } = started
  return { project, status: 'generating', branch, generation_id, repo_type }
}

function running({ name, branch }: VariantQuery): DocsfyError {
  return new DocsfyError('conflict', `This documentation of ${name}@${branch} is already being generated`)
}
