import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { serveDocs } from '#lib/http/serve-docs.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const server = createServer((incoming, response) => void serveDocs(incoming, response))
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** The path goes over the wire exactly as given. */
function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const { port } = server.address() as AddressInfo
  const asked = request({ port, host: '127.0.0.1', path, headers }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk) => chunks.push(chunk))
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: String(Buffer.concat(chunks)) }),
    )
  })
  asked.on('error', reject).end()
  return promise
}

let key = ''
const site = '/docs/lib/main/builtin/static'
const as = (bearer: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${bearer}`, ...more })

beforeEach(async () => {
  key = (await makeAccount('ann')).key
  await readyVariant('ann', 'lib', {
    'guide.html': 'the guide',
    'assets/site.js': 'run()',
    '404.html': 'no page',
    'redirects.json': '{"format":1,"redirects":{"old":"guide"}}',
  })
  await mkdir(join(dataDir, 'projects/ann/lib/main/builtin/static/pages'), { recursive: true })
  await writeFile(join(dataDir, 'projects/ann/lib/main/builtin/static/pages/secret.md'), 'TOP SECRET')
})

it('serves pages by variant and by project, with a policy that lets only the scripts of this site run', async () => {
  expect((await get(`${site}/guide.html`, as(key))).body).toBe('the guide')
  expect((await get('/docs/lib/guide.html', as(key))).body).toBe('the guide')
  expect((await get(site, as(key))).headers.location).toBe(`${site}/`)
  const home = await get(`${site}/`, as(key))
  expect(home).toMatchObject({ status: 200, body: '<h1>lib</h1>' })
  expect(home.headers['content-security-policy']).toMatch(
    new RegExp(`script-src \\S+${site}/assets/ \\S+${site}/search/ \\S+${site}/receipts/ \\S+${site}/signatures/;`),
  )
  expect(home.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
  })
})

it('answers 304 to the same ETag', async () => {
  const { headers } = await get(`${site}/guide.html`, as(key))
  const again = await get(`${site}/guide.html`, as(key, { 'if-none-match': String(headers.etag) }))
  expect(again).toMatchObject({ status: 304, body: '' })
})

it('sends browsers without a session to login and back, and answers 401 to programs', async () => {
  const browser = await get(`${site}/guide.html`, { accept: 'text/html' })
  expect(browser).toMatchObject({ status: 302 })
  expect(browser.headers.location).toBe(`/login?next=${encodeURIComponent(`${site}/guide.html`)}`)
  expect((await get(`${site}/guide.html`)).status).toBe(401)
})

it('answers the same to what may not be seen as to what does not exist', async () => {
  const eve = (await makeAccount('eve')).key
  const hidden = await get(`${site}/guide.html`, as(eve))
  const absent = await get(`${site.replace('/lib/', '/lob/')}/guide.html`, as(eve))
  expect(hidden.status).toBe(404)
  expect(hidden.body.replaceAll('lib', 'lob')).toBe(absent.body)
})

it('leads an admin to the copy of the owner they name', async () => {
  const admin = as(TEST_ADMIN_KEY)
  await makeAccount('bob')
  await readyVariant('bob', 'lib')
  expect((await get(`${site}/`, admin)).status).toBe(409)
  expect((await get(`${site}/guide.html?owner=ann`, admin)).headers.location).toBe(
    '/docs/~ann/lib/main/builtin/static/guide.html',
  )
  expect((await get('/docs/~ann/lib/main/builtin/static/guide.html', admin)).body).toBe('the guide')
})

it('never leaves the folder of the site, however the path is written', async () => {
  const ups = ['..', '%2e%2e', '.%2e', '%2E%2E', '..%2f..', '%2e%2e%2f', '..%5c..', '%252e%252e', '..%00', '..;']
  const targets = ['pages/secret.md', '../pages/secret.md', '../../pages/secret.md', '../../../../../../../docsfy.db']
  for (const up of ups)
    for (const target of targets) {
      const answer = await get(`${site}/${up}/${target.replaceAll('..', up)}`, as(key))
      expect(answer.status, `${up} ${target}`).toBe(404)
      expect(answer.body).not.toContain('SECRET')
    }
  for (const path of ['/docs//etc/passwd', '/docs/%2fetc/passwd', '/docs/lib/%zz', '/docs/', `${site}//guide.html`])
    expect((await get(path, as(key))).status, path).toBe(404)
})

it('leads from a page that is gone to the one that took its place', async () => {
  expect(await get(`${site}/old.html`, as(key))).toMatchObject({
    status: 302,
    headers: { location: `${site}/guide.html` },
  })
  expect((await get('/docs/lib/old.md', as(key))).headers.location).toBe('/docs/lib/guide.md')
  expect((await get(`${site}/older.html`, as(key))).status).toBe(404)
})
