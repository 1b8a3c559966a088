/** Addresses of repositories: parsing, the canonical form that identifies a project, display names, forge links. */
import { decoded } from '#lib/domain/decoded.ts'
import type { RepositoryCredential } from '#lib/domain/job.ts'

export interface RepoAddress {
  /** What identifies the repository: lower-case scheme and host, no credentials, no default port, no `.git`, no trailing slash. */
  canonicalUrl: string
  /** What is fetched: the canonical URL for https and http; scp forms become ssh URLs. */
  fetchUrl: string
  protocol: 'https' | 'http' | 'ssh'
  host: string
  /** Last path segment without `.git`. */
  name: string
  /** The segment before it, or null. */
  org: string | null
}

export type AddressResult = { ok: true; address: RepoAddress } | { ok: false; reason: string }

const SCP_FORM = /^(?:[A-Za-z0-9_][\w.-]*@)?([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)(.+)$/
const EXAMPLE = 'https://github.com/owner/name'

/** Parses what a person pasted. Nothing is resolved or contacted; `reason` is a sentence for people. */
export function parseRepoAddress(input: string): AddressResult {
  const text = input.trim()
  if (!text) return refuse('The repository address is empty')
  if (text.length > 2048) return refuse('The repository address is longer than 2,048 characters')
  if (text.startsWith('-')) return refuse('The repository address must not start with "-"')
  if (hasControlOrSpace(text)) return refuse('The repository address contains white space or control characters')
  if (/^[a-z0-9+.-]+::/i.test(text)) return refuse('Git remote helpers ("name::address") are not accepted')
  const scp = text.includes('://') ? null : SCP_FORM.exec(text)
  return fromUrl(scp ? `ssh://git@${scp[1]}/${(scp[2] ?? '').replace(/^\/+/, '')}` : text)
}

/**
 * Takes user and token out of a pasted address (`https://user:token@host/path`), so that nothing else sees them. An
 * address without them, or over ssh, is handed back as it was.
 */
export function splitUserinfo(input: string): { address: string; credential: RepositoryCredential | null } {
  const text = input.trim()
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return { address: input, credential: null }
  const url = new URL(text)
  if (!url.username && !url.password) return { address: input, credential: null }
  const credential = { username: decoded(url.username), token: decoded(url.password) }
  url.username = ''
  url.password = ''
  return { address: url.href, credential }
}

function hasControlOrSpace(text: string): boolean {
  for (const char of text) if (char <= ' ' || char === '\u007f' || /\s/.test(char)) return true
  return false
}

function fromUrl(text: string): AddressResult {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return refuse(`Not a repository address: use a form such as ${EXAMPLE}`)
  }
  const protocol = url.protocol.slice(0, -1)
  if (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh')
    return refuse(`Addresses of the kind "${protocol}:" are not accepted: use https, http or ssh`)
  if (protocol !== 'ssh' && (url.username || url.password))
    return refuse('The repository address must not contain a user name or password')
  if (protocol === 'ssh' && url.password) return refuse('The repository address must not contain a password')
  if (url.search || url.hash) return refuse('The repository address must not contain "?" or "#"')
  if (!url.hostname) return refuse('The repository address has no host')
  return addressOf(url, protocol)
}

function addressOf(url: URL, protocol: RepoAddress['protocol']): AddressResult {
  const path = url.pathname
    .replace(/\/+/g, '/')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
  const segments = path.split('/').filter(Boolean).map(decodeSegment)
  const name = segments.at(-1)
  if (!name || segments.includes('..') || segments.includes(null))
    return refuse(`The repository address names no repository: use a form such as ${EXAMPLE}`)
  const host = url.host.toLowerCase()
  const user = protocol === 'ssh' ? `${url.username || 'git'}@` : ''
  const canonicalUrl = `${protocol}://${protocol === 'ssh' ? '' : user}${host}${path}`
  const fetchUrl = `${protocol}://${user}${host}${path}`
  return {
    ok: true,
    address: { canonicalUrl, fetchUrl, protocol, host: url.hostname.toLowerCase(), name, org: segments.at(-2) ?? null },
  }
}

function decodeSegment(segment: string): string | null {
  try {
    const decoded = decodeURIComponent(segment)
    return decoded === '.' || decoded.includes('/') || hasControlOrSpace(decoded) ? null : decoded
  } catch {
    return null
  }
}

function refuse(reason: string): AddressResult {
  return { ok: false, reason }
}

/** Letters, digits, `.`, `_`, `-` only, starting with a letter or digit: safe in URLs and as a folder name. */
export function projectName(name: string): string {
  const cleaned = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[-.]+$/g, '')
    .slice(0, 100)
  return cleaned || 'repository'
}

/** Base of links to files at a commit on the forge that hosts `url`, ending in `/`; null where the form is not known. */
export function forgeBlobBase(url: string, commit: string): string | null {
  const parsed = parseRepoAddress(url)
  if (!parsed.ok) return null
  const { host, canonicalUrl } = parsed.address
  const web = canonicalUrl.replace(/^ssh:\/\//, 'https://')
  if (host === 'github.com' || host === 'codeberg.org' || host === 'gitea.com')
    return host === 'github.com' ? `${web}/blob/${commit}/` : `${web}/src/commit/${commit}/`
  if (host === 'gitlab.com' || host.startsWith('gitlab.')) return `${web}/-/blob/${commit}/`
  if (host === 'bitbucket.org') return `${web}/src/${commit}/`
  return null
}
