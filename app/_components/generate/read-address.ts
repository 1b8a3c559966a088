import { parseRepoAddress, splitUserinfo } from '#lib/domain/repo-url.ts'

export type TypedAddress =
  | { kind: 'empty' }
  | { kind: 'refused'; reason: string }
  | { kind: 'url'; url: string; host: string; repository: string; name: string; hasToken: boolean }
  | { kind: 'path'; path: string; name: string }

/** What a person typed as a repository: an address, or for admins an absolute path on the server. */
export function readAddress(text: string, isAdmin: boolean): TypedAddress {
  const typed = text.trim()
  if (!typed) return { kind: 'empty' }
  if (typed.startsWith('/'))
    return isAdmin
      ? { kind: 'path', path: typed, name: typed.split('/').filter(Boolean).at(-1) ?? '' }
      : { kind: 'refused', reason: 'Only administrators may document a folder on the server' }
  if (/^[htps]{3,6}:\/?(?!\/)/i.test(typed))
    return { kind: 'refused', reason: 'An address starts with https:// and then its host: two slashes' }
  const { address, credential } = splitUserinfo(typed)
  const parsed = parseRepoAddress(address)
  if (!parsed.ok) return { kind: 'refused', reason: parsed.reason }
  const { host, org, name } = parsed.address
  return {
    kind: 'url',
    url: typed,
    host,
    repository: org ? `${org}/${name}` : name,
    name,
    hasToken: credential !== null,
  }
}
