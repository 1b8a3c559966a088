import { expect, it } from 'vitest'
import { refusalOf } from '#lib/http/known-path.ts'

it('lets every endpoint and every page through', () => {
  const known = ['GET /api/projects', 'HEAD /api/models?x=1', 'DELETE /api/projects/lib/a~2Fb/builtin/static?owner=ann']
  for (const request of [...known, 'GET /', 'POST /login', 'GET /health', 'OPTIONS /api/projects']) {
    const [method = '', url = ''] = request.split(' ')
    expect([request, refusalOf(method, url)]).toEqual([request, null])
  }
})

it('answers in JSON what is no endpoint, no method of one, or no address', () => {
  expect(refusalOf('GET', '/api/nothing')).toMatchObject({ status: 404 })
  expect(refusalOf('GET', '/api/projects/')).toMatchObject({ status: 404 })
  expect(refusalOf('PUT', '/api/projects/lib')).toMatchObject({ status: 405, headers: { allow: 'GET, DELETE' } })
  expect(refusalOf('GET', '/api/projects/%E0%A4%A')).toMatchObject({ status: 400 })
})
