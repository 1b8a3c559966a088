import type { IncomingMessage } from 'node:http'
import { config } from '#lib/config.ts'

/** Headers by which server.ts tells route handlers what only the connection knows; a client's own are overwritten. */
export const ADDRESS_HEADER = 'x-docsfy-address'
export const SECURE_HEADER = 'x-docsfy-secure'
export const HOST_HEADER = 'x-docsfy-host'

/** Address of the client; the last hop a trusted proxy names when TRUST_PROXY is set. */
export function addressOf(request: IncomingMessage): string {
  const forwarded = config().trustProxy ? headerText(request, 'x-forwarded-for') : null
  return forwarded?.split(',').at(-1)?.trim() || request.socket.remoteAddress || 'unknown'
}

/** Whether the request came by HTTPS, as far as cookies are concerned. */
export function isSecure(request: IncomingMessage): boolean {
  const { secureCookies, trustProxy } = config()
  if (secureCookies !== 'auto') return secureCookies === 'true'
  if ('encrypted' in request.socket) return true
  return trustProxy && headerText(request, 'x-forwarded-proto') === 'https'
}

/** Host the client asked for. */
export function hostOf(request: IncomingMessage): string | null {
  const forwarded = config().trustProxy ? headerText(request, 'x-forwarded-host') : null
  return forwarded ?? request.headers.host ?? null
}

/** Writes what route handlers may rely on into the request. */
export function markRemote(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = addressOf(request)
  request.headers[SECURE_HEADER] = isSecure(request) ? '1' : '0'
  request.headers[HOST_HEADER] = hostOf(request) ?? ''
}

function headerText(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return (Array.isArray(value) ? value.join(',') : value) || null
}
