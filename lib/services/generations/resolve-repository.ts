import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import ipaddr from 'ipaddr.js'
import type { StartInput } from '#db/queries/runs.ts'
import { config } from '#lib/config.ts'
import { HEAD_BRANCH, refNameProblem } from '#lib/domain/ref-name.ts'
import { parseRepoAddress } from '#lib/domain/repo-url.ts'
import { DocsfyError } from '#lib/errors.ts'

export type Repository = StartInput['repository']

/**
 * Checks an address without contacting anything: form, scheme, allowed hosts, literal private addresses. What a name
 * resolves to is checked when it is dialled. Throws `refused_address`.
 */
export function resolveUrl(input: string): Repository {
  const parsed = parseRepoAddress(input)
  if (!parsed.ok) throw new DocsfyError('refused_address', parsed.reason)
  const { canonicalUrl, host, protocol, name, org } = parsed.address
  const { allowedRepoHosts, allowPrivateHosts, ssh } = config()
  if (protocol === 'ssh' && !ssh)
    throw new DocsfyError(
      'refused_address',
      'Addresses over ssh are not fetched by this server: use the https address, or ask an administrator (ALLOW_SSH)',
    )
  if (allowedRepoHosts.length > 0 && !allowedRepoHosts.includes(host))
    throw new DocsfyError('refused_address', `Repositories on ${host} are not allowed on this server`)
  if (!allowPrivateHosts && isPrivateHost(host))
    throw new DocsfyError('refused_address', `Repositories on ${host} are refused: only public hosts may be contacted`)
  return { canonicalUrl, kind: 'url', name, org }
}

/** The real path of a Git repository inside LOCAL_REPO_ROOTS. Throws `bad_request`. */
export async function resolvePath(input: string): Promise<Repository> {
  if (!isAbsolute(input) || input.includes('\0'))
    throw new DocsfyError('bad_request', 'repo_path must be an absolute path on the server')
  const path = await realpath(input).catch(() => null)
  if (!path || !(await isInsideRoots(path)) || !(await gitFolderOf(path)))
    throw new DocsfyError('bad_request', `There is no Git repository that this server may read at ${input}`)
  return {
    canonicalUrl: path,
    kind: 'local',
    name: basename(path) || 'repository',
    org: basename(dirname(path)) || null,
  }
}

/** The branch a local repository has checked out; `HEAD` when it is on none. */
export async function currentBranch(path: string): Promise<string> {
  const folder = await gitFolderOf(path)
  const head = folder ? await readFile(join(folder, 'HEAD'), 'utf8').catch(() => '') : ''
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]
  return branch && !refNameProblem(branch) ? branch : HEAD_BRANCH
}

function isPrivateHost(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const literal = host.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(literal) && ipaddr.process(literal).range() !== 'unicast'
}

async function isInsideRoots(path: string): Promise<boolean> {
  const roots = await Promise.all(config().localRepoRoots.map((root) => realpath(root).catch(() => resolve(root))))
  return (
    roots.length === 0 || roots.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep))
  )
}

/** Folder that holds HEAD: `.git`, what a `.git` file points to, or the path itself when it is bare. */
async function gitFolderOf(path: string): Promise<string | null> {
  const dotGit = join(path, '.git')
  const pointer = await readFile(dotGit, 'utf8').catch(() => null)
  const pointed = pointer ? /^gitdir: (.+)$/m.exec(pointer)?.[1]?.trim() : undefined
  for (const folder of [pointed ? resolve(path, pointed) : dotGit, path])
    if (await isFile(join(folder, 'HEAD'))) return folder
  return null
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
