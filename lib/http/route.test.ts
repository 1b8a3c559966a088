import { expect, it } from 'vitest'
import { z } from 'zod'
import { DocsfyError } from '#lib/errors.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { variantParams } from '#lib/http/params.ts'
import { publicRoute, route } from '#lib/http/route.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const context = { params: Promise.resolve({}) }
const echo = endpoint({
  method: 'POST',
  path: '/echo',
  summary: 'Says it again',
  access: 'users.manage',
  body: z.strictObject({ word: z.string().min(3), times: z.number().int().max(9).default(1) }),
  answer: z.string(),
})

function post(body: string, headers: Record<string, string> = {}): Request {
  return new Request('http://docs.test/echo', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

it('closes what an answer holds open when only its headers are asked for', async () => {
  let isOpen = true
  const body = new ReadableStream({
    cancel: () => {
      isOpen = false
    },
  })
  const handler = publicRoute({ ...echo, method: 'GET', body: z.object({}) }, () => new Response(body, { status: 202 }))
  const answer = await handler(new Request('http://docs.test/echo', { method: 'HEAD' }), context)
  expect([answer.status, answer.body, isOpen]).toEqual([202, null, false])
})

it('asks the permission table before it reads anything', async () => {
  const { key } = await makeAccount('ann')
  const handler = route(echo, () => 'done')
  const [stranger, user] = [
    await handler(post('{'), context),
    await handler(post('{', { authorization: `Bearer ${key}` }), context),
  ]
  expect([stranger.status, user.status]).toEqual([401, 403])
})

it('says in sentences what is wrong with which field', async () => {
  const handler = publicRoute(echo, ({ body }) => body.word.repeat(body.times))
  expect(await (await handler(post('{"word":"lamp"}'), context)).json()).toBe('lamp')
  const answer = await handler(post('{"word":"x","times":1.5,"more":1}'), context)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toEqual({
    detail:
      'word must have at least 3 characters; times must be a whole number; The body has fields that are not known: more',
    issues: [
      { path: 'word', message: 'Must have at least 3 characters' },
      { path: 'times', message: 'Must be a whole number' },
      { path: '', message: 'Has fields that are not known: more' },
    ],
  })
})

it('tells people nothing about failures nobody expected, and everything about the others', async () => {
  const unexpected = publicRoute(echo, () => {
    throw new Error('SELECT key_hash FROM users')
  })
  const hidden = await unexpected(post('{"word":"lamp"}'), context)
  expect([hidden.status, await hidden.text()]).toEqual([500, expect.not.stringContaining('key_hash')])
  const expected = publicRoute(echo, () => {
    throw new DocsfyError('too_many_requests', 'Wait a little', { retryAfterSeconds: 7 })
  })
  const answer = await expected(post('{"word":"lamp"}'), context)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
})

it('decodes a segment of the path once, whether Next has done so or not', async () => {
  const say = endpoint({
    method: 'GET',
    path: '/api/projects/{name}/{branch}/{provider}/{model}',
    summary: 'Says whose branch it is',
    access: 'public',
    params: variantParams,
    answer: z.string(),
  })
  const handler = publicRoute(say, ({ params }) => params.branch)
  const branches = ['main', 'feat~2Fa', 'feat/ü%2F#&', '50%-off', '%', 'ü']
  for (const branch of branches) {
    const url = `http://docs.test/api/projects/lib/${encodeURIComponent(branch)}/builtin/static`
    for (const handed of [branch, encodeURIComponent(branch)]) {
      const given = { name: 'lib', branch: handed, provider: 'builtin', model: 'static' }
      const answer = await handler(new Request(url), { params: Promise.resolve(given) })
      expect(await answer.json(), branch).toBe(branch.replace('~2F', '/'))
    }
  }
})
