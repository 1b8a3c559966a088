import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { holdForNextRun } from '#lib/auth/repository-credentials.ts'
import { config } from '#lib/config.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { chooseWriter } from '#lib/domain/providers.ts'
import { HEAD_BRANCH } from '#lib/domain/ref-name.ts'
import { splitUserinfo } from '#lib/domain/repo-url.ts'
import type { GenerateRequest } from '#lib/domain/requests.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'
import type { RunTrigger } from '#lib/domain/runs.ts'
import { DocsfyError } from '#lib/errors.ts'
import { enqueueRun } from '#lib/jobs/queue.ts'
import {
  currentBranch,
  type Repository,
  resolvePath,
  resolveUrl,
} from '#lib/services/generations/resolve-repository.ts'

/** `branch` null: the branch HEAD of the repository names. */
export type StartRequest = Omit<GenerateRequest, 'branch'> & { branch: string | null; trigger?: RunTrigger }

/** Queues a generation for the caller. Throws `forbidden`, `refused_address`, `bad_request`, `invalid_input`, `conflict`. */
export async function startGeneration(caller: Principal, request: StartRequest): Promise<GenerateResponse> {
  needPermission(caller, 'generation.start')
  const writer = writerOf(request)
  // A name and token before the host are for this one run, and nothing else sees them.
  const { address, credential } = splitUserinfo(request.repo_url ?? '')
  const repository = await resolveRepository(caller, { ...request, repo_url: request.repo_url && address })
  const branch = request.branch ?? (await headBranch(repository))
  const run = { owner: caller.username, canonicalUrl: repository.canonicalUrl, branch, ...writer }
  const forget = credential && holdForNextRun(run, credential)
  const started = await enqueueRun({
    owner: caller.username,
    repository,
    branch,
    ...writer,
    force: request.force,
    repoType: request.repo_type ?? null,
    trigger: request.trigger ?? 'api',
    requestedBy: caller.username,
    ownerIsAccount: caller.username !== ADMIN_USERNAME,
  }).catch((error) => {
    forget?.()
    throw error
  })
  if (!started) {
    forget?.()
    throw new DocsfyError('conflict', `This documentation of ${repository.name}@${branch} is already being generated`)
  }
  return {
    project: started.projectName,
    status: 'generating',
    branch,
    generation_id: started.variantId,
    repo_type: started.repoType,
  }
}

/** The repository a request names, checked as far as that goes without contacting it. */
export async function resolveRepository(caller: Principal, request: StartRequest): Promise<Repository> {
  if (request.repo_path === undefined) return resolveUrl(request.repo_url ?? '')
  needPermission(caller, 'generation.start_local')
  return await resolvePath(request.repo_path)
}

/** The branch HEAD of a repository names, as it is stored. */
export async function headBranch(repository: Repository): Promise<string> {
  return repository.kind === 'local' ? await currentBranch(repository.canonicalUrl) : HEAD_BRANCH
}

/** Who writes, by the request and the defaults of the server. Throws `invalid_input`. */
export function writerOf({ ai_provider: provider, ai_model: model }: StartRequest): {
  provider: string
  model: string
} {
  const { aiProvider, aiModel } = config()
  const chosen = chooseWriter({ provider, model }, { provider: aiProvider, model: aiModel })
  if (!chosen.ok) throw invalid(`ai_${chosen.field}`, chosen.problem)
  return { provider: chosen.provider, model: chosen.model }
}

function invalid(path: string, message: string): DocsfyError {
  return new DocsfyError('invalid_input', message, { issues: [{ path, message }] })
}
