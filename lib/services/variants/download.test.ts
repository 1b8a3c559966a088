import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { chmod, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { expect, it, vi } from 'vitest'
import { config } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { downloadResponse } from '#lib/http/download-response.ts'
import { downloadProject, downloadVariant } from '#lib/services/variants/download.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { siteFolder } from '#lib/variant-folder.ts'

withTemporaryData()
const variant = { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

function openFiles(): number {
  return readdirSync('/proc/self/fd').length
}

it('is a tar.gz with one top folder', async () => {
  const { principal } = await makeAccount('ann')
  const long = `${'folder/'.repeat(30)}page.html`
  await readyVariant('ann', 'lib', { [long]: 'far down', 'größe.html': 'ü' })
  const { fileName, content } = await downloadVariant(principal, variant)
  expect(fileName).toBe('lib-main-builtin-static-docs.tar.gz')
  const files: Record<string, string> = {}
  const reading = content.pipe(createGunzip()).pipe(extract())
  for await (const entry of reading) files[entry.header.name] = String(await buffer(entry))
  const top = 'lib-main-builtin-static-docs'
  expect(files).toEqual({
    [`${top}/${long}`]: 'far down',
    [`${top}/größe.html`]: 'ü',
    [`${top}/index.html`]: '<h1>lib</h1>',
  })
})

it('is the same byte for byte whenever it is fetched, and whatever touched the files', async () => {
  const { principal } = await makeAccount('ann')
  const { runId } = await readyVariant('ann', 'lib', { 'b.html': 'two', 'a/one.html': 'one' })
  const fetched = async () => buffer((await downloadVariant(principal, variant)).content)
  const first = await fetched()
  const folder = siteFolder(variantFolder(config().dataDir, { owner: 'ann', ...variant }), runId)
  await utimes(join(folder, 'b.html'), 1, 1)
  await chmod(join(folder, 'b.html'), 0o600)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90_000 })
  try {
    expect((await fetched()).equals(first)).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

const FACTS = { project: { name: 'lib' }, pages: [{ title: 'Guide', group: 'Start', html: 'guide.html' }] }
const SITE = { 'facts.json': JSON.stringify(FACTS), 'guide.html': '<main><h1>How to begin</h1></main>' }

it('is one HTML document where that is asked for, the same for all who ask at once', async () => {
  const { principal } = await makeAccount('ann')
  await readyVariant('ann', 'lib', SITE)
  const asked = [
    downloadVariant(principal, { ...variant, format: 'single-file' }),
    downloadProject(principal, { name: 'lib', format: 'single-file' }),
  ]
  const answers = (await Promise.all(asked)).map(downloadResponse)
  for (const answer of answers) {
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="lib-main-builtin-static-docs.html"')
  }
  const [first, second] = await Promise.all(answers.map((answer) => answer.text()))
  expect(first).toContain('<h1>How to begin</h1>')
  expect(second).toBe(first)
})

it('is one document only of a site that lists its pages and is still there', async () => {
  const { principal } = await makeAccount('ann')
  const { runId } = await readyVariant('ann', 'lib')
  const asked = () => downloadVariant(principal, { ...variant, format: 'single-file' })
  await expect(asked()).rejects.toMatchObject({ code: 'bad_request' })
  const identity = { owner: 'ann', ...variant }
  await rm(siteFolder(variantFolder(config().dataDir, identity), runId), { recursive: true })
  await expect(asked()).rejects.toMatchObject({ code: 'conflict' })
})

it('lets go of everything when the reader goes away', async () => {
  const { principal } = await makeAccount('ann')
  const large = randomBytes(4_000_000).toString('base64')
  await readyVariant('ann', 'lib', { 'a.html': large, 'b.html': large })
  const before = openFiles()
  for (let n = 0; n < 5; n += 1) {
    const reader = downloadResponse(await downloadProject(principal, { name: 'lib' })).body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
    await downloadResponse(await downloadProject(principal, { name: 'lib' })).body?.cancel()
  }
  await expect.poll(openFiles).toBeLessThanOrEqual(before)
})

it('says that there is nothing to fetch yet', async () => {
  const { principal } = await makeAccount('ann')
  await generatingVariant('ann', 'lib')
  await expect(downloadVariant(principal, variant)).rejects.toMatchObject({ code: 'bad_request' })
  await expect(downloadProject(principal, { name: 'lib' })).rejects.toMatchObject({ code: 'bad_request' })
  await expect(downloadProject(principal, { name: 'other' })).rejects.toMatchObject({ code: 'not_found' })
})
