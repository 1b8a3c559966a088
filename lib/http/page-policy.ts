import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const NONCE_BYTES = 16

/**
 * Puts the policy of a dashboard page on its answer, and on the request, where Next.js looks for the nonce that it gives
 * its own scripts. Nothing a client says about a policy remains. `dev`: pages that are being worked on.
 */
export function setPagePolicy(request: IncomingMessage, response: ServerResponse, { dev }: { dev: boolean }): void {
  delete request.headers['content-security-policy-report-only']
  const policy = pagePolicy(randomBytes(NONCE_BYTES).toString('base64'), { dev })
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
}

/**
 * Scripts run only with the nonce of this answer, or loaded by one that has it: not even files of our own address, where
 * sites of strangers lie. React evaluates code, and its tools add styles, only while pages are being worked on.
 */
export function pagePolicy(nonce: string, { dev }: { dev: boolean }): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
