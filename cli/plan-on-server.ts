import type { ApiClient } from '#lib/api-client.ts'
import type { EstimateResponse } from '#lib/domain/estimate-answer.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import type { PlanUpdate } from '#lib/domain/plan-update.ts'
import type { GenerateBody } from '#lib/domain/requests.ts'
import { DocsfyError } from '#lib/errors.ts'
import { oneLine, printNote } from './output.ts'
import type { ServerPlanReport } from './plan-report.ts'
import { looksLikeAddress } from './repository-argument.ts'
import type { Connected } from './server-command.ts'
import { findVariants, onlyVariant, type VariantFlags, variantName } from './target.ts'

export interface ServerPlanRequest extends VariantFlags {
  /** Name of a project, generation ID, address of a repository, or, as admin, absolute path of one on the server. */
  target: string
  repoType?: RepoType
  force?: boolean
  signal: AbortSignal
}

/**
 * What a generation on a server would write now, for the caller; it is not started. Throws an ApiError, `conflict` and
 * `aborted`.
 */
export async function planOnServer({ api, url }: Connected, request: ServerPlanRequest): Promise<ServerPlanReport> {
  const { signal } = request
  const answer = await api.estimate(await bodyOf(api, request), signal).catch((error) => {
    throw signal.aborted ? new DocsfyError('aborted', 'The plan was stopped') : error
  })
  const { project: name, ai_provider: provider, ai_model: model, update, ...rest } = answer
  return { ...rest, name, provider, model, site: null, update: update ?? nothingToDo(answer), server: url }
}

async function bodyOf(api: ApiClient, request: ServerPlanRequest): Promise<GenerateBody> {
  const { target, branch, provider, model, repoType, force } = request
  const { source, ...known } =
    target.startsWith('/') || looksLikeAddress(target)
      ? { source: target, branch, ai_provider: provider, ai_model: model }
      : await ofVariant(api, request)
  const repository = source.startsWith('/') ? { repo_path: source } : { repo_url: source }
  return { ...repository, ...known, ...(repoType && { repo_type: repoType }), force }
}

/** What generates a variant again. */
async function ofVariant(api: ApiClient, { target, branch, provider, model, owner }: ServerPlanRequest) {
  const flags = { branch, provider, model, owner }
  const [rows, me] = await Promise.all([findVariants(api, target, flags), api.me()])
  const row = onlyVariant(target, rows)
  if (row.owner !== me.username)
    printNote(
      oneLine(`${variantName(row)} belongs to ${row.owner}: this is the plan of a generation that would be yours`),
    )
  const { repo_url: source, ai_provider, ai_model, repo_type } = row
  return { source, branch: row.branch, ai_provider, ai_model, repo_type: repo_type ?? undefined }
}

function nothingToDo({ commit, total_pages }: EstimateResponse): PlanUpdate {
  return {
    kind: 'incremental',
    reason: null,
    from_commit: commit,
    to_commit: commit,
    kept_pages: total_pages,
    moved_citations_pages: 0,
    input_tokens: 0,
    output_tokens: 0,
    cost_usd: 0,
    pages: [],
  }
}
