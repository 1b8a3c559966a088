import { describe, expect, it } from 'vitest'
import { readDeliveryBody } from '#lib/services/hooks/read-body.ts'
import { checkSignature } from '#lib/services/hooks/signature.ts'
import { asForm, FORGES, type ForgeRequest, PUSHES, signed } from '#lib/testing/forge-deliveries.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const nowMs = Date.UTC(2026, 10, 22)

function verdictOf({ headers, body }: ForgeRequest, key = secret) {
  const given = readDeliveryBody(headers['content-type'] ?? '', Buffer.from(body))
  return checkSignature({ headers: new Headers(headers), body: given, secret: key, nowMs })
}

describe('the signature of a delivery', () => {
  it.each([...FORGES, 'gitlab-signature' as const])(
    'of %s is valid for its secret and body, and for no other',
    (forge) => {
      const request = signed(forge, PUSHES[forge === 'gitlab-signature' ? 'gitlab' : forge](), { secret, atMs: nowMs })
      expect(verdictOf(request)).toBe('valid')
      expect(verdictOf(request, `whsec_${Buffer.alloc(32, 8).toString('base64')}`)).toBe('wrong')
      // X-Gitlab-Token says nothing about the body.
      if (forge !== 'gitlab')
        expect(verdictOf({ ...request, body: request.body.replace('main', 'mean') })).toBe('wrong')
    },
  )

  it('is absent when nothing proves anything, also in the empty forms Gitea sends without a secret', () => {
    const request = PUSHES.gitea()
    const empty = { 'x-gitea-signature': '', 'x-hub-signature-256': 'sha256=', 'x-hub-signature': 'sha1=' }
    expect(verdictOf(request)).toBe('absent')
    expect(verdictOf({ ...request, headers: { ...request.headers, ...empty } })).toBe('absent')
  })

  it('is wrong when one of several is', () => {
    const request = signed('forgejo', PUSHES.forgejo(), { secret })
    for (const name of ['x-forgejo-signature', 'x-gitea-signature', 'x-hub-signature-256'])
      expect(verdictOf({ ...request, headers: { ...request.headers, [name]: 'f'.repeat(64) } })).toBe('wrong')
  })

  it('covers the whole form for GitHub, and the JSON inside it for Gitea', () => {
    const push = PUSHES.github()
    expect(verdictOf(signed('github', asForm(push), { secret }))).toBe('valid')
    expect(verdictOf(signed('gitea', asForm(push), { secret, signedText: push.body }))).toBe('valid')
  })

  it('is checked without reading a body that is signed as it came, or not at all', () => {
    const unread = () => {
      throw new Error('read')
    }
    const verdict = ({ headers, body }: ForgeRequest) =>
      checkSignature({
        headers: new Headers(headers),
        body: { bytes: Buffer.from(body), inForm: unread },
        secret,
        nowMs,
      })
    const form = asForm(PUSHES.github())
    expect([verdict(signed('github', form, { secret })), verdict(form)]).toEqual(['valid', 'absent'])
    expect(() => verdict(signed('github', form, { secret: 'other' }))).toThrow('read')
  })

  it('of GitLab is late when it was made more than five minutes away, and may stand beside one of an older key', () => {
    const at = (atMs: number) => signed('gitlab-signature', PUSHES.gitlab(), { secret, atMs })
    expect([-301, -299, 299, 301].map((seconds) => verdictOf(at(nowMs + seconds * 1000)))).toEqual([
      'late',
      'valid',
      'valid',
      'late',
    ])
    const { headers, body } = at(nowMs)
    const both = { ...headers, 'webhook-signature': `v1,${'A'.repeat(43)}= ${headers['webhook-signature']}` }
    expect(verdictOf({ headers: both, body })).toBe('valid')
    expect(verdictOf({ headers: { ...headers, 'webhook-timestamp': 'soon' }, body })).toBe('wrong')
  })
})
