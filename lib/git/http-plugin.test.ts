import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { isDocsfyError } from '#lib/errors.ts'
import { type GuardedHttpOptions, guardedHttp } from './http-plugin.ts'

const open = { allowedHosts: [], allowPrivateHosts: true }
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const gitAnswer: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/x-git-upload-pack-result')
  request.pipe(response)
}

function plugin(options: Partial<GuardedHttpOptions> = {}) {
  return guardedHttp({ network: open, maxBytes: 1e6, signal: new AbortController().signal, ...options })
}

async function text(body: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function* bodyOf(content: string) {
  yield Buffer.from(content)
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown)
  return isDocsfyError(error) ? error : { code: null, message: String(error) }
}

describe('redirects', () => {
  it('repeat the method and the body, as renamed repositories need', async () => {
    const target = await serve(gitAnswer)
    const start = await serve((_request, response) => response.writeHead(301, { location: `${target}/new` }).end())
    const answer = await plugin().request({ url: `${start}/old`, method: 'POST', body: bodyOf('want') })
    expect(await text(answer.body)).toBe('want')
    expect(answer.url).toBe(`${target}/new`)
  })

  it('drop Authorization when the host or port changes, and keep it otherwise', async () => {
    const seen: (string | undefined)[] = []
    const record: RequestListener = (request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/start') response.writeHead(302, { location: '/same' }).end()
      else if (request.url === '/same') response.writeHead(302, { location: `${target}/other` }).end()
      else gitAnswer(request, response)
    }
    const target = await serve(record)
    const start = await serve(record)
    await plugin().request({ url: `${start}/start`, headers: { Authorization: 'Basic c2VjcmV0' } })
    expect(seen).toEqual(['Basic c2VjcmV0', 'Basic c2VjcmV0', undefined])
  })

  it.each([
    'file:///etc/passwd',
    'ftp://forge.test/',
    'http://user:pass@127.0.0.1/',
    'http://[bad',
    'http://256.256.256.256/',
  ])('to %s are refused', async (location) => {
    const start = await serve((_request, response) => response.writeHead(301, { location }).end())
    expect((await failureOf(plugin().request({ url: start }))).code).toBe('refused_address')
  })

  it('are checked at every hop: a private host behind a permitted one is not contacted', async () => {
    let reached = 0
    const inner = await serve((_request, response) => {
      reached += 1
      response.end()
    })
    const start = await serve((_request, response) => response.writeHead(302, { location: `${inner}/secret` }).end())
    let checks = 0
    const network = {
      allowedHosts: [],
      get allowPrivateHosts() {
        checks += 1
        return checks === 1
      },
    }
    const failure = await failureOf(plugin({ network }).request({ url: start }))
    expect(failure.code).toBe('refused_address')
    expect(failure.message).not.toContain('127.0.0.1')
    expect(reached).toBe(0)
  })

  it('end after three', async () => {
    let hops = 0
    const start = await serve((_request, response) => {
      hops += 1
      response.writeHead(302, { location: `/${hops}` }).end()
    })
    expect((await failureOf(plugin().request({ url: start }))).code).toBe('refused_address')
    expect(hops).toBe(4)
  })
})

describe('the connection', () => {
  it('goes to the checked address: the name is not resolved a second time', async () => {
    const url = new URL(await serve(gitAnswer))
    const answers = ['127.0.0.1', '192.0.2.1']
    const resolveHost = () => Promise.resolve([{ address: answers.shift() ?? '192.0.2.1', family: 4 }])
    const answer = await plugin({ resolveHost }).request({
      url: `http://rebinding.test:${url.port}/`,
      method: 'POST',
      body: bodyOf('here'),
    })
    expect(await text(answer.body)).toBe('here')
    expect(answers).toEqual(['192.0.2.1'])
  })

  it('is closed when the server stays silent, before its answer and in the middle of it', async () => {
    const mute = await serve(() => undefined)
    const early = await failureOf(plugin({ idleTimeoutMs: 40 }).request({ url: mute }))
    const stalling = await serve((request, response) => {
      response.setHeader('content-type', 'application/x-git-upload-pack-result')
      response.write('begin')
      request.resume()
    })
    // Long enough for the first bytes to arrive on a machine that has much else to do.
    const http = plugin({ idleTimeoutMs: 2_000 })
    const answer = await http.request({ url: stalling })
    const late = await failureOf(text(answer.body))
    expect([early.code, late.code]).toEqual(['timed_out', 'timed_out'])
    expect(http.failure()).toBe(late)
  })

  it('is closed by the signal in the middle of an answer', async () => {
    const closed = Promise.withResolvers<void>()
    const endless = await serve((_request, response) => {
      response.setHeader('content-type', 'application/x-git-upload-pack-result')
      response.write('begin')
      response.on('close', closed.resolve)
    })
    const controller = new AbortController()
    const http = plugin({ signal: controller.signal })
    const answer = await http.request({ url: endless })
    const reading = text(answer.body)
    controller.abort()
    await expect(reading).rejects.toThrow()
    await closed.promise
    expect(http.failure()).toBeDefined()
  })
})

describe('the answer', () => {
  it('may have a limited number of bytes, over all requests together', async () => {
    const server = await serve(gitAnswer)
    const http = plugin({ maxBytes: 10 })
    const send = async () => text((await http.request({ url: server, method: 'POST', body: bodyOf('123456') })).body)
    expect(await send()).toBe('123456')
    expect((await failureOf(send())).code).toBe('limit_reached')
  })

  it('must be one of a Git server', async () => {
    const website = await serve((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>Hi'))
    const failure = await failureOf(
      plugin().request({ url: `${website}/team/thing/info/refs?service=git-upload-pack` }),
    )
    expect(failure.code).toBe('repository_unavailable')
    expect(failure.message).toContain('/team/thing: check the address')
  })

  it('is passed on without its body when it is an error', async () => {
    const server = await serve((_request, response) => response.writeHead(500).end('x'.repeat(100_000)))
    const answer = await plugin().request({ url: server })
    expect([answer.statusCode, await text(answer.body)]).toEqual([500, ''])
  })
})

it('a list of branches without an end is given up, long before a pack would be', async () => {
  const start = await serve((_request, response) => {
    response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1 << 20, '0')));
    }
    response.on('drain', more)
    more()
  })
  const { body } = await plugin({ maxBytes: 1e10 }).request({ url: `${start}/r/info/refs?service=git-upload-pack` })
  expect(await failureOf(text(body))).toMatchObject({
    code: 'limit_reached',
    message: expect.stringContaining('branches'),
  })
})
