import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { DeliveryBody } from '#lib/services/hooks/read-body.ts'

/** Clocks of a forge and of this server may differ by this much; the rule of the Standard Webhooks specification. */
const TOLERANCE_MS = 5 * 60_000
const GITLAB_KEY = /^whsec_(.+)$/

export interface Signed {
  headers: Headers
  /** As it came, and what a form holds in its field `payload`, which is what Gitea signs. */
  body: Pick<DeliveryBody, 'bytes' | 'inForm'>
  secret: string
  nowMs: number
}

/** `absent`: nothing the sender added proves that it knows the secret. `late`: signed too long ago, or in the future. */
export type SignatureVerdict = 'valid' | 'absent' | 'wrong' | 'late'

/**
 * Whether a delivery was signed with the secret of its hook. A sender may add several proofs (Gitea adds three); all of
 * them must be right. GitHub: `X-Hub-Signature-256`. Gitea, Forgejo: `X-Gitea-Signature`, `X-Forgejo-Signature`. GitLab:
 * `X-Gitlab-Token`, or `webhook-signature` over id, time and body.
 */
export function checkSignature({ body, ...signed }: Signed): SignatureVerdict {
  const verdict = verdictFor({ ...signed, bodies: [body.bytes] })
  const inForm = verdict === 'wrong' ? body.inForm() : null
  return inForm ? verdictFor({ ...signed, bodies: [body.bytes, inForm] }) : verdict
}

interface SignedBytes extends Omit<Signed, 'body'> {
  /** Any of these may have been signed. */
  bodies: Uint8Array[]
}

function verdictFor(signed: SignedBytes): SignatureVerdict {
  const verdicts = [hubSignature(signed), ...plainSignatures(signed), gitlabToken(signed), gitlabSignature(signed)]
  const given = verdicts.filter((verdict) => verdict !== 'absent')
  if (given.length === 0) return 'absent'
  return given.find((verdict) => verdict !== 'valid') ?? 'valid'
}

function hubSignature({ headers, bodies, secret }: SignedBytes): SignatureVerdict {
  // Without a secret Gitea sends the prefix alone.
  const hex = headers.get('x-hub-signature-256')?.replace(/^sha256=/, '')
  return hex ? verdictOf(bodies.some((body) => same(hex, hmacHex(secret, body)))) : 'absent'
}

function plainSignatures({ headers, bodies, secret }: SignedBytes): SignatureVerdict[] {
  return ['x-gitea-signature', 'x-forgejo-signature', 'x-gogs-signature'].map((name) => {
    const hex = headers.get(name)
    return hex ? verdictOf(bodies.some((body) => same(hex, hmacHex(secret, body)))) : 'absent'
  })
}

function gitlabToken({ headers, secret }: SignedBytes): SignatureVerdict {
  const token = headers.get('x-gitlab-token')
  return token ? verdictOf(same(token, secret)) : 'absent'
}

/** HMAC-SHA-256 of `id.seconds.body` in base64; several signatures, as while a key is changed, stand side by side. */
function gitlabSignature({ headers, bodies, secret, nowMs }: SignedBytes): SignatureVerdict {
  const given = headers.get('webhook-signature')
  if (!given) return 'absent'
  const [id, seconds] = [headers.get('webhook-id') ?? '', headers.get('webhook-timestamp') ?? '']
  const key = Buffer.from(GITLAB_KEY.exec(secret)?.[1] ?? '', 'base64')
  const expected = bodies.map((body) =>
    createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64'),
  )
  const signatures = given.split(' ').flatMap((one) => /^v1,(.+)$/.exec(one)?.[1] ?? [])
  if (!signatures.some((signature) => expected.some((one) => same(signature, one)))) return 'wrong'
  return Math.abs(Number(seconds) * 1000 - nowMs) <= TOLERANCE_MS ? 'valid' : 'late'
}

function verdictOf(isRight: boolean): SignatureVerdict {
  return isRight ? 'valid' : 'wrong'
}

function hmacHex(secret: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** In constant time, also for texts of different lengths. */
function same(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
