import * as z from 'zod/mini'

/** Credentials of a user for the repositories of a host; the token never leaves the server. */
export const savedCredentialSchema = z.object({ host: z.string(), username: z.string(), created_at: z.string() })
export const credentialsResponseSchema = z.object({ credentials: z.array(savedCredentialSchema) })
export type SavedCredentialRow = z.infer<typeof savedCredentialSchema>

/**
 * How the host of an address is written where credentials are kept: `forge.test` or `forge.test:8443` for https, the
 * whole origin for http, so that what was given for https never goes out unencrypted. Null for what has no credentials.
 */
export function credentialHost(address: string): string | null {
  const text = address.includes('://') ? address : `https://${address}`
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username || url.password || url.hostname === '') return null
  if (url.protocol === 'https:') return url.host
  return url.protocol === 'http:' ? url.origin : null
}
