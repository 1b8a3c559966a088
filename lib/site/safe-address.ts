import { decodeHTML } from 'entities/decode'

const SCHEMES = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address as it may stand in a link to another place, or null when it is not one: entities are decoded twice and
 * control characters dropped before the scheme is judged, and only http, https and mailto pass.
 */
export function outsideAddress(href: string): string | null {
  const cleaned = cleanedAddress(href)
  if (!/^(?:https?:\/\/|mailto:)/i.test(cleaned)) return null
  try {
    const url = new URL(withoutBackslashes(cleaned))
    return SCHEMES.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

/** The href as a browser would read it after two rounds of decoding, without control characters and white space. */
export function cleanedAddress(href: string): string {
  return decodeHTML(decodeHTML(href)).replace(/[\p{Cc}\p{Cf}\s]/gu, '')
}

/** Encodes what CommonMark has encoded behind the host; before it, a backslash would move the end of the host. */
function withoutBackslashes(address: string): string {
  const [host = ''] = /^[a-z]+:(?:\/\/[^/?#\\]*)?/i.exec(address) ?? []
  return host + address.slice(host.length).replace(/[[\]\\]/g, encodeURIComponent)
}
