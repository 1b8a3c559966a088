import { listServerRefs, type ServerRef } from 'isomorphic-git'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import { branchMissing, nothingToRead } from './branch-names.ts'
import type { GuardedHttp } from './http-plugin.ts'

const HEADS = 'refs/heads/'

export interface RemoteTarget {
  commit: string
  branch: string
  /** Full name to fetch. */
  ref: string
}

interface Remote {
  url: string
  http: GuardedHttp
}

/** What a branch (null: HEAD) of a remote repository points at. Throws `repository_unavailable` naming the branches there are. */
export async function remoteTarget(remote: Remote, branch: string | null): Promise<RemoteTarget> {
  if (branch === null) return headTarget(remote)
  const problem = refNameProblem(branch)
  if (problem) throw new DocsfyError('invalid_input', problem)
  const ref = HEADS + branch
  const found = (await listRefs(remote, ref)).find((candidate) => candidate.ref === ref)
  if (found) return { commit: found.oid, branch, ref }
  const [head, existing] = [await findHead(remote), await branchesOf(remote)]
  if (existing.length === 0) throw nothingToRead(existing)
  throw branchMissing({ wanted: branch, fallback: branchOf(head), existing })
}

async function headTarget(remote: Remote): Promise<RemoteTarget> {
  const head = await findHead(remote)
  if (!head) throw nothingToRead(await branchesOf(remote))
  const branch = branchOf(head)
  return branch
    ? { commit: head.oid, branch, ref: HEADS + branch }
    : { commit: head.oid, branch: head.oid.slice(0, 7), ref: 'HEAD' }
}

async function findHead(remote: Remote): Promise<ServerRef | undefined> {
  return (await listRefs(remote, 'HEAD')).find(({ ref }) => ref === 'HEAD')
}

function branchOf(head: ServerRef | undefined): string | null {
  const branch = head?.target?.startsWith(HEADS) ? head.target.slice(HEADS.length) : null
  return branch && refNameProblem(branch) === null ? branch : null
}

async function branchesOf(remote: Remote): Promise<string[]> {
  return (await listRefs(remote, HEADS)).map(({ ref }) => ref.slice(HEADS.length))
}

/** Isomorphic-git takes a broken answer for its end, hence the second look at how the request went. */
async function listRefs({ url, http }: Remote, prefix: string): Promise<ServerRef[]> {
  const refs = await listServerRefs({ http, url, prefix, symrefs: true, protocolVersion: 2 })
  if (http.failure()) throw http.failure()
  return refs.filter(({ ref, oid }) => ref?.startsWith(prefix) && /^[0-9a-f]{40}$/.test(oid))
}
