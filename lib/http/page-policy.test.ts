import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { pagePolicy, setPagePolicy } from '#lib/http/page-policy.ts'

it('gives every answer another nonce, and the pages see that policy instead of one that a client sent', async () => {
  const seen: unknown[] = []
  const server = createServer((request, response) => {
    setPagePolicy(request, response, { dev: false })
    seen.push(request.headers['content-security-policy'])
    response.end(String(request.headers['content-security-policy-report-only']))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const given = "script-src 'nonce-chosen'"
  const headers = { 'content-security-policy': given, 'content-security-policy-report-only': given }
  const answers = [await fetch(url, { headers }), await fetch(url, { headers })]
  server.close()
  expect(answers.map((answer) => answer.headers.get('content-security-policy'))).toEqual(seen)
  expect(new Set(seen).size).toBe(2)
  expect(seen.join()).not.toContain('chosen')
  expect(await answers[0]?.text()).toBe('undefined')
})

it('takes no inline script or style without the nonce, and no evaluated code, outside development', () => {
  expect(pagePolicy('x', { dev: false })).not.toContain('unsafe')
  expect(pagePolicy('x', { dev: true })).not.toMatch(/script-src[^;]*unsafe-inline/)
})
