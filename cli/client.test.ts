import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createClient } from './client.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

interface Heard {
  url: string
  headers: IncomingHttpHeaders[]
}

async function serve(status: number, headers: Record<string, string> = {}, body = '{}'): Promise<Heard> {
  const heard: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    heard.push(request.headers)
    response.writeHead(status, headers).end(body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers: heard }
}

it('does not follow a redirect, so that the key reaches nobody else', async () => {
  const elsewhere = await serve(200)
  const first = await serve(302, { location: `${elsewhere.url}/api/projects` })
  const client = createClient({ url: first.url, apiKey: 'secret' })
  await expect(client.projects()).rejects.toMatchObject({
    status: 302,
    detail: `The server redirected to ${elsewhere.url}/api/projects: check the server address`,
  })
  await expect(client.downloadProject({ name: 'x' })).rejects.toMatchObject({ status: 302 })
  expect(first.headers[0]?.authorization).toBe('Bearer secret')
  expect(elsewhere.headers).toEqual([])
})

it('says which server does not answer, and what is wrong with an answer', async () => {
  const gone = await serve(200)
  for (const server of servers.splice(0)) server.close().closeAllConnections()
  await expect(createClient({ url: gone.url, apiKey: null }).health()).rejects.toMatchObject({
    status: 0,
    detail: `The server at ${gone.url} does not answer: check the address and that it is running`,
  })
  const proxy = await serve(503, {}, '<html>busy</html>')
  await expect(createClient({ url: proxy.url, apiKey: null }).health()).rejects.toMatchObject({ status: 503 })
  const other = await serve(200, {}, '<html>another product</html>')
  await expect(createClient({ url: other.url, apiKey: null }).health()).rejects.toMatchObject({ status: 502 })
  expect(proxy.headers[0]).not.toHaveProperty('authorization')
})
