/** Why no connection came about, by the codes of Node and of its `fetch` (undici). */
const REASONS: readonly [RegExp, string][] = [
  [/^ECONNREFUSED$/, 'nobody listens at its address'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of its host is not found'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'no way leads to its address'],
  [/^UND_ERR_CONNECT_TIMEOUT$/, 'its address does not answer'],
  [/^(EPROTO|ERR_SSL_\w+)$/, 'it does not speak https at its address'],
  [/CERT|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, 'its certificate is not trusted (NODE_EXTRA_CA_CERTS names further ones)'],
  [/^ERR_INVALID_URL$/, 'its address is none'],
]
/** What `fetch` itself refuses has no code. */
const REFUSED: readonly [RegExp, string][] = [
  [/^(bad port|unknown scheme)$/, 'its address is none that may be called'],
  [/^unexpected redirect$/, 'it sends calls on to another address, which is not followed'],
]

/**
 * Why a provider could not be reached at all, from the errors of a call, outermost first; null when it was. Names no address,
 * because users read it.
 */
export function whyUnreachable(errors: readonly Error[]): string | null {
  for (const error of errors) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
    const reason =
      REASONS.find(([pattern]) => pattern.test(code)) ?? REFUSED.find(([pattern]) => pattern.test(error.message))
    if (reason) return `it cannot be reached: ${reason[1]}`
  }
  return null
}
