import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TEST_CERTIFICATE } from '#lib/testing/certificate.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { failureOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'

const credential = { username: 'ann', token: 'canary-fe7c4-token' }
const header = `Basic ${Buffer.from(`${credential.username}:${credential.token}`).toString('base64')}`

describe.each(['builtin', 'system'] as const)('a private repository and the %s engine', (engine) => {
  const remote = withRemoteRepository(engine, { credential })
  const network = { allowedHosts: [], allowPrivateHosts: true, engine }

  it('is read with the right token, which stays out of the store', async () => {
    const { gitDir, commit } = await remote.fetchIt({ credential })
    expect(commit).toBe(remote.repository.commit)
    const entries = await readdir(gitDir, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const content = (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
    expect(content).toContain('bare = true')
    for (const secret of [credential.token, header.slice(6), remote.server.url]) expect(content).not.toContain(secret)
  })

  it('is not read without a token, with another one, or unencrypted unless private hosts are allowed', async () => {
    expect((await failureOf(remote.fetchIt())).message).toContain('for a private repository store credentials')
    const other = await failureOf(remote.fetchIt({ credential: { ...credential, token: 'other' } }))
    expect(other.message).toContain('whether the token is valid')
    const open = { ...network, allowPrivateHosts: false }
    expect(await failureOf(remote.fetchIt({ credential, network: open }))).toMatchObject({
      code: 'refused_address',
      message: expect.stringContaining('only sent over https'),
    })
  })

  it('does not show its token to where a redirect leads', async () => {
    const seen: (string | undefined)[] = []
    const { promise: target, resolve } = Promise.withResolvers<string>()
    const thief = createServer(async (request, response) => {
      seen.push(request.headers.authorization)
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { connection: _, host: __, 'content-length': ___, ...headers } = request.headers
      const body = request.method === 'POST' ? Buffer.concat(chunks) : undefined
      const sent = { ...(headers as Record<string, string>), authorization: header }
      const answer = await fetch(remote.server.url + request.url, { method: request.method, headers: sent, body })
      response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) })
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
    const forge = createServer(async (request, response) => {
      seen.push(request.headers.authorization === header ? 'shown to its own host' : 'not shown')
      response.writeHead(301, { location: (await target) + request.url }).end()
    })
    for (const server of [thief, forge]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const urlOf = (server: typeof thief) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    resolve(urlOf(thief))
    try {
      const opened = await remote.fetchIt({ url: `${urlOf(forge)}/sample`, credential })
      expect(opened.commit).toBe(remote.repository.commit)
      expect(seen).toContain('shown to its own host')
      expect(new Set(seen)).toEqual(new Set(['shown to its own host', undefined]))
    } finally {
      thief.close()
      forge.close()
    }
  })

  it('is read over https once its own authority is trusted, and not before', async () => {
    const server = await serveGit(remote.repository.root, { credential, tls: TEST_CERTIFICATE })
    const url = `${server.url}/sample`
    try {
      expect(await failureOf(remote.fetchIt({ url, credential }))).toMatchObject({
        code: 'repository_unavailable',
        message: expect.stringContaining('its certificate was not accepted'),
      })
      expect(server.requests).toEqual([])
      const caFile = join(remote.work, 'ca.pem')
      await writeFile(caFile, `Our authority\n${TEST_CERTIFICATE.cert}`)
      const opened = await remote.fetchIt({ url, credential, network: { ...network, caFile } })
      expect(opened.commit).toBe(remote.repository.commit)
      await writeFile(caFile, 'nothing')
      const failure = await failureOf(remote.fetchIt({ url, credential, network: { ...network, caFile } }))
      expect(failure.message).toContain('holds no certificate')
    } finally {
      await server.close()
    }
  })
})
