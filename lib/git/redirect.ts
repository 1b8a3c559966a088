import { DocsfyError } from '#lib/errors.ts'

/** One address of a chain of redirects, and the headers sent to it. */
export interface Hop {
  url: URL
  headers: Record<string, string>
}

/**
 * Where a redirect leads. Authorization goes no further than the host and port it was meant for. Throws
 * `refused_address` for what is no address and for a step from https down to http.
 */
export function nextHop(hop: Hop, location: string): Hop {
  if (!URL.canParse(location, hop.url))
    throw new DocsfyError('refused_address', 'The server redirects to something that is not an address')
  const url = new URL(location, hop.url)
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw new DocsfyError('refused_address', 'The server redirects from https to http, which is not followed')
  if (url.origin === hop.url.origin) return { url, headers: hop.headers }
  const kept = Object.entries(hop.headers).filter(([name]) => name.toLowerCase() !== 'authorization')
  return { url, headers: Object.fromEntries(kept) }
}

const ENDPOINT = /\/(?:info\/refs\?service=git-upload-pack|git-upload-pack)$/

/** The repository behind the address of one of its two endpoints, or null for any other address. */
export function repositoryBase(url: URL): string | null {
  return ENDPOINT.test(url.href) ? url.href.replace(ENDPOINT, '') : null
}
