import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { finishRun } from '#db/queries/runs.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { serveDocs } from '#lib/http/serve-docs.ts'
import { siteMemoryBytes } from '#lib/http/site-files.ts'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, outcome, readyVariant } from '#lib/testing/stored-variant.ts'
import { TEST_ADMIN_KEY, withTemporaryData } from '#lib/testing/temp-database.ts'
import { siteFolder } from '#lib/variant-folder.ts'

const dataDir = withTemporaryData()
const server = createServer((incoming, response) => void serveDocs(incoming, response))
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await getBytes(path, headers)
  return { ...answer, body: String(answer.body) }
}

/** The path goes over the wire exactly as given. */
function getBytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<Omit<Answer, 'body'> & { body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<Answer, 'body'> & { body: Buffer }>()
  const { port } = server.address() as AddressInfo
  const asked = request({ port, host: '127.0.0.1', path, headers }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk) => chunks.push(chunk))
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
    )
  })
  asked.on('error', reject).end()
  return promise
}

let key = ''
const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }
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
  const { port } = server.address() as AddressInfo
  const own = (...folders: string[]) => folders.map((folder) => `http://127.0.0.1:${port}${site}/${folder}`).join(' ')
  expect(String(home.headers['content-security-policy']).split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${own('assets/', 'search/', 'receipts/', 'signatures/', 'users/')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${own('')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "frame-ancestors 'none'",
  ])
  expect(home.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-type': 'text/html; charset=utf-8',
  })
})

it('lets the page for lost readers run the one script its own head names, and no page any other', async () => {
  const digest = `sha256-${'A'.repeat(43)}=`
  const policy = `<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39; &#39;${digest}&#39;; x">`
  const start = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  await readyVariant('ann', 'lost', { '404.html': start + policy, 'forged.html': start + policy })
  await readyVariant('ann', 'odd', { '404.html': `${start}<title>${policy}</title>` })
  const policyOf = async (path: string) =>
    (await get(path, as(key, { accept: 'text/html' }))).headers['content-security-policy']
  expect(await policyOf('/docs/lost/a/b/c.html')).toMatch(new RegExp(`script-src [^;]*/users/ '${digest}';`))
  expect(await policyOf('/docs/lost/forged.html')).not.toContain('sha256')
  expect(await policyOf('/docs/odd/a.html')).not.toContain('sha256')
})

it('answers 304 to the same ETag', async () => {
  const { headers } = await get(`${site}/guide.html`, as(key))
  const again = await get(`${site}/guide.html`, as(key, { 'if-none-match': String(headers.etag) }))
  expect(again).toMatchObject({ status: 304, body: '' })
})

it('takes nothing but GET and HEAD, and says so', async () => {
  const { port } = server.address() as AddressInfo
  const answers = ['POST', 'DELETE', 'OPTIONS'].map((method) =>
    fetch(`http://127.0.0.1:${port}${site}/guide.html`, { method, headers: as(key) }),
  )
  for (const { status, headers } of await Promise.all(answers))
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

it('says of an address nobody can decode that it is none only to those who are signed in', async () => {
  for (const path of ['/docs/lib/%E0%A4%A/x.html', '/docs/~%/lib/', `${site}/%.html?owner=ann`]) {
    expect((await get(path)).status, path).toBe(401)
    expect((await get(path, as('docsfy_wrong'))).status, path).toBe(401)
    expect((await get(path, as(key))).status, path).toBe(404)
  }
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
  expect((await get(`${site}/constructor.html`, as(key))).status).toBe(404)
})

it('compresses once per encoding, tells the encodings apart, and leaves what is small as it is', async () => {
  const page = `<h1>long</h1>${'words of a page '.repeat(500)}`
  await readyVariant('ann', 'big', { 'long.html': page })
  const path = '/docs/big/long.html'
  const [plain, brotli, zipped] = await Promise.all(
    ['identity', 'gzip, br', 'gzip, br;q=0'].map((accepted) =>
      getBytes(path, as(key, { 'accept-encoding': accepted })),
    ),
  )
  expect(plain?.headers['content-encoding']).toBeUndefined()
  expect(String(plain?.body)).toBe(page)
  expect(brotli?.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
  expect(String(brotliDecompressSync(brotli?.body ?? ''))).toBe(page)
  expect(zipped?.headers['content-encoding']).toBe('gzip')
  expect(String(gunzipSync(zipped?.body ?? ''))).toBe(page)
  expect(new Set([plain, brotli, zipped].map((answer) => answer?.headers.etag)).size).toBe(3)
  const etag = String(brotli?.headers.etag)
  expect((await get(path, as(key, { 'accept-encoding': 'br', 'if-none-match': `"x", W/${etag}` }))).status).toBe(304)
  expect((await get(path, as(key, { 'if-none-match': etag }))).status).toBe(200)
  const small = await get(`${site}/guide.html`, as(key, { 'accept-encoding': 'br' }))
  expect(small.headers['content-encoding']).toBeUndefined()
})

it('sends the part of a file that is asked for, a large one from disk', async () => {
  const large = `${'x'.repeat(3_000_000)}end`
  await readyVariant('ann', 'big', { 'llms-full.txt': large })
  for (const [path, whole] of [
    [`${site}/guide.html`, 'the guide'],
    ['/docs/big/llms-full.txt', large],
  ] as const) {
    const asked = (range: string, more = {}) => get(path, as(key, { range, ...more }))
    const tail = await asked('bytes=-3')
    expect(tail).toMatchObject({ status: 206, body: whole.slice(-3) })
    expect(tail.headers['content-range']).toBe(`bytes ${whole.length - 3}-${whole.length - 1}/${whole.length}`)
    expect(await asked('bytes=0-1')).toMatchObject({ status: 206, body: whole.slice(0, 2) })
    expect(await asked(`bytes=${whole.length}-`)).toMatchObject({ status: 416, body: '' })
    expect((await asked('bytes=0-1', { 'if-range': '"another"' })).body).toBe(whole)
    expect((await asked('lines=1-2')).status).toBe(200)
  }
})

it('lets browsers keep for good only what can never change', async () => {
  await readyVariant('ann', 'kept', {
    'index.html': '<link href="assets/site.css?v=0123abcd">',
    'assets/site.css': 'a {}',
    'search/0123456789.js': 'x()',
    'search/index.js': 'y()',
    'assets/image-0123456789abcdef0123.webp': 'picture',
    'assets/image-x.webp': 'picture',
  })
  const cacheOf = async (path: string) => (await get(`/docs/kept/${path}`, as(key))).headers['cache-control']
  expect(await cacheOf('assets/site.css?v=0123abcd')).toContain('immutable')
  expect(await cacheOf('search/0123456789.js')).toBe('private, max-age=31536000, immutable')
  expect(await cacheOf('assets/image-0123456789abcdef0123.webp')).toContain('immutable')
  for (const path of [
    'index.html',
    'assets/image-x.webp',
    'assets/site.css',
    'assets/site.css?v=ffffffff',
    'search/index.js',
  ])
    expect(await cacheOf(path), path).toBe('private, no-cache')
})

it('keeps no more in memory than its limit, however much is read', async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`p${n}.html`, String(n).repeat(900_000)]))
  await readyVariant('ann', 'many', many)
  for (let n = 0; n < 50; n += 1)
    await getBytes(`/docs/many/p${n}.html`, as(key, n % 10 ? {} : { 'accept-encoding': 'gzip' }))
  expect(siteMemoryBytes()).toBeLessThanOrEqual(64 * 1024 * 1024)
  expect((await get('/docs/many/p0.html', as(key))).body).toBe(many['p0.html'])
})

it('keeps the question of a search on the way to the folder', async () => {
  expect((await get('/docs/lib?q=words', as(key))).headers.location).toBe('/docs/lib/?q=words')
})

it('offers the variants of a project the caller may read, the same page where they have it', async () => {
  const next = await generatingVariant('ann', 'lib', { branch: 'next/2' })
  const folder = siteFolder(variantFolder(dataDir, { ...identity, branch: 'next/2' }), next.runId)
  await mkdir(folder, { recursive: true })
  for (const file of ['index.html', 'other.html']) await writeFile(join(folder, file), file)
  await finishRun(next.runId, outcome({ siteDir: folder }))
  await generatingVariant('ann', 'lib', { branch: 'unfinished' })
  const { variants } = JSON.parse((await get(`${site}/variants.json?page=guide.html`, as(key))).body)
  expect(variants).toEqual([
    expect.objectContaining({ branch: 'main', href: `${site}/guide.html`, is_current: true, commit: 'c'.repeat(40) }),
    expect.objectContaining({ branch: 'next/2', href: '/docs/lib/next~2F2/builtin/static/', is_current: false }),
  ])
  const hrefs = async (path: string, bearer: string) =>
    JSON.parse((await get(path, as(bearer))).body).variants.map(({ href }: { href: string }) => href)
  expect(await hrefs('/docs/~ann/lib/variants.json?page=../../secret.md', TEST_ADMIN_KEY)).toEqual([
    '/docs/~ann/lib/main/builtin/static/',
    '/docs/~ann/lib/next~2F2/builtin/static/',
  ])
  const stranger = await makeAccount('bob')
  expect((await get(`${site}/variants.json`, as(stranger.key))).status).toBe(404)
  expect((await get(`${site}/variants.json`)).status).toBe(401)
})

it('asks again who may read as soon as anything was written', async () => {
  const eve = await makeAccount('eve')
  const asEve = () => get('/docs/~ann/lib/main/builtin/static/guide.html', as(eve.key))
  expect((await asEve()).status).toBe(404)
  const grant = { owner: 'ann', name: 'lib', username: 'eve' }
  await grantAccess(await adminPrincipal(), grant)
  expect((await asEve()).status).toBe(200)
  await revokeAccess(await adminPrincipal(), grant)
  expect((await asEve()).status).toBe(404)
})
