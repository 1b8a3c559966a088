import { randomBytes } from 'node:crypto'
import { deleteHook, findHook, putHook, type StoredHook } from '#db/queries/hooks.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { hashSecret, newToken } from '#lib/auth/keys.ts'
import { seal } from '#lib/auth/seal.ts'
import type { CreatedHook, HookResponse, HookRow } from '#lib/domain/hooks.ts'
import { DocsfyError } from '#lib/errors.ts'
import { findProject, type ProjectQuery } from '#lib/services/variants/find.ts'

const SECRET_BYTES = 32

/** Where a project is told of pushes, for those who may change it. */
export async function getHook(caller: Principal, query: ProjectQuery): Promise<HookResponse> {
  const project = await projectOf(caller, query)
  const hook = await findHook(project.projectId)
  return { hook: hook && presentHook(project, hook) }
}

/** Makes the push hook of a project, or gives it another token and secret; the old ones are void at once. */
export async function createHook(
  caller: Principal,
  query: ProjectQuery,
  { needs_signature: needsSignature }: { needs_signature: boolean },
): Promise<CreatedHook> {
  const project = await projectOf(caller, query)
  const { projectId } = project
  const [token, secret] = [newToken(), newSecret()]
  const hook = {
    projectId,
    tokenHash: hashSecret(token),
    sealedSecret: seal(secret, hookContext(projectId)),
    needsSignature,
    createdBy: caller.username,
    createdAt: new Date().toISOString(),
  }
  if (!(await putHook(hook))) throw new DocsfyError('not_found', `There is no documentation "${query.name}" any more`)
  const row = presentHook(project, { ...hook, lastReceivedAt: null, lastMessage: null })
  return { ...row, path: `/api/hooks/${token}`, secret }
}

/** Revokes the push hook of a project. Throws `not_found`. */
export async function removeHook(caller: Principal, query: ProjectQuery): Promise<{ deleted: string }> {
  const { projectId, name } = await projectOf(caller, query)
  if (!(await deleteHook(projectId))) throw new DocsfyError('not_found', `"${name}" has no push hook`)
  return { deleted: name }
}

/** What a hook's secret is sealed with, so that it opens for this project only. */
export function hookContext(projectId: string): string {
  return JSON.stringify(['hook', projectId])
}

/** In the form GitLab takes as a signing token (32 bytes, base64); for all others it is a text like any. */
function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

interface ProjectOfHook {
  projectId: string
  owner: string
  name: string
}

async function projectOf(caller: Principal, query: ProjectQuery): Promise<ProjectOfHook> {
  const [variant] = await findProject(caller, query, 'project.change')
  if (!variant) throw new DocsfyError('not_found', `There is no documentation "${query.name}"`)
  return variant
}

function presentHook({ owner, name }: ProjectOfHook, hook: StoredHook): HookRow {
  return {
    name,
    owner,
    needs_signature: hook.needsSignature,
    created_by: hook.createdBy,
    created_at: hook.createdAt,
    last_received_at: hook.lastReceivedAt,
    last_message: hook.lastMessage,
  }
}
