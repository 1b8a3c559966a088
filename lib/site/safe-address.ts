import { decodeEntities } from '#lib/site/html.ts'

const SCHEMES = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address as it may stand in a link to another place, or null when it is not one: entities are decoded twice and
 * control characters dropped before the scheme is judged, and only http, https and mailto pass.
 */
export function outsideAddress(href: string): string | null {
  const cleaned = cleanedAddress(href)
  if (!/^(?:https?:\/\/|mailto:)/i.test(cleaned)) return null
  try {
    const url = new URL(cleaned)
    return SCHEMES.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

/** The href as a browser would read it after two rounds of decoding, without control characters and white space. */
export function cleanedAddress(href: string): string {
  return decodeEntities(decodeEntities(href)).replace(/[\p{Cc}\p{Cf}\s]/gu, '')
}
