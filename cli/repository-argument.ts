import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { RepositoryCredential, RepositorySource } from '#lib/domain/job.ts'
import { parseRepoAddress, projectName, splitUserinfo } from '#lib/domain/repo-url.ts'
import { DocsfyError } from '#lib/errors.ts'

export interface RepositoryArgument {
  source: RepositorySource
  /** Display name of the project. */
  name: string
  /** Folder name that is the same for the same repository and differs between repositories. */
  id: string
  /** What stood before the host of an address. */
  credential: RepositoryCredential | null
}

/**
 * What a person gave as REPO: an address, or the path of a local repository relative to `from`. A path wins where both
 * are possible (`host:path` forms). Throws `invalid_input`.
 */
export async function repositoryArgument(text: string, from: string): Promise<RepositoryArgument> {
  const path = text.includes('://') ? null : await realpath(resolve(from, text)).catch(() => null)
  if (path !== null) {
    const name = projectName(basename(path).replace(/\.git$/, ''))
    return { source: { kind: 'local', path }, name, id: folderName(name, path), credential: null }
  }
  if (!looksLikeAddress(text))
    throw new DocsfyError(
      'invalid_input',
      `There is no folder ${resolve(from, text)}: give the path of a Git repository, or an address such as https://github.com/owner/name`,
    )
  const { address, credential } = splitUserinfo(text)
  const parsed = parseRepoAddress(address)
  if (!parsed.ok) throw new DocsfyError('invalid_input', parsed.reason)
  const { canonicalUrl, fetchUrl } = parsed.address
  const name = projectName(parsed.address.name)
  return { source: { kind: 'url', url: fetchUrl }, name, id: folderName(name, canonicalUrl), credential }
}

/** Whether this is an address rather than a name or a path. */
export function looksLikeAddress(text: string): boolean {
  return text.includes('://') || /^[^/]+@[^/]+:/.test(text)
}

function folderName(name: string, identity: string): string {
  return `${name}-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`
}
