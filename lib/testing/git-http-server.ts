import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** Where an answer is held: before the list of refs, before the pack, or after the pack's first bytes were sent. */
export type HoldPoint = 'refs' | 'pack' | 'mid-pack'

export interface GitServerOptions {
  /** Address to listen on, default 127.0.0.1. */
  host?: string
  /** User and token without which every request is answered 401. */
  credential?: { username: string; token: string }
  /** Whether fetches may leave files out. */
  allowFilter?: boolean
  /** TLS key and certificate: serves https. */
  tls?: { key: string; cert: string }
  /** Milliseconds to wait before every answer. */
  delayMs?: number
  /** Answers at `gateAt` are held until this settles. */
  gate?: Promise<unknown>
  /** Default `refs`: the first request of every fetch. */
  gateAt?: HoldPoint
}

export interface GitServer {
  /** `http://HOST:PORT`; a repository in the folder `name` of the root is `<url>/<name>`. */
  url: string
  /** `METHOD /path?query` of every request so far. */
  requests: string[]
  /** From now on holds answers at `point` until `gate` settles; null lets everything through. */
  hold(gate: Promise<unknown> | null, point?: HoldPoint): void
  /** Resolves once an answer is being held. */
  untilHeld(): Promise<void>
  close(): Promise<void>
}

interface Holding {
  delayMs: number
  gate: Promise<unknown> | null
  point: HoldPoint
  reached: PromiseWithResolvers<void>
}

/** Serves every Git repository inside `rootDir` over HTTP on loopback, a free port, with `git http-backend`. Read-only. */
export async function serveGit(rootDir: string, options: GitServerOptions = {}): Promise<GitServer> {
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend')
  const holding: Holding = {
    delayMs: options.delayMs ?? 0,
    gate: options.gate ?? null,
    point: options.gateAt ?? 'refs',
    reached: Promise.withResolvers(),
  }
  const host = options.host ?? '127.0.0.1'
  const requests: string[] = []
  const children = new Set<ChildProcess>()
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`)
    if (!isAdmitted(request, options)) return response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    const body = await bodyOf(request)
    const point = body.includes('want ') ? 'pack' : 'refs'
    await holdAt(holding, { point, delayMs: holding.delayMs })
    if (response.destroyed) return
    const env = cgiEnvironment({ rootDir, request, allowFilter: options.allowFilter ?? false })
    const child = spawn(backend, { env, stdio: ['pipe', 'pipe', 'ignore'] })
    children.add(child)
    child.on('close', () => children.delete(child))
    await answer({ body, response, child, holding })
  }
  const server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return {
    url: `${options.tls ? 'https' : 'http'}://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    hold(gate, point = 'refs') {
      holding.gate = gate
      holding.point = point
      holding.reached = Promise.withResolvers()
    },
    untilHeld: () => holding.reached.promise,
    async close() {
      for (const child of children) child.kill('SIGKILL')
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function holdAt(holding: Holding, at: { point: HoldPoint; delayMs: number }): Promise<void> {
  if (at.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, at.delayMs))
  if (!holding.gate || holding.point !== at.point) return
  holding.reached.resolve()
  await holding.gate.catch(() => undefined)
}

function isAdmitted(request: IncomingMessage, { credential }: GitServerOptions): boolean {
  if (!credential) return true
  const expected = Buffer.from(`${credential.username}:${credential.token}`).toString('base64')
  return request.headers.authorization === `Basic ${expected}`
}

interface CgiRequest {
  rootDir: string
  request: IncomingMessage
  allowFilter: boolean
}

function cgiEnvironment({ rootDir, request, allowFilter }: CgiRequest): NodeJS.ProcessEnv {
  const url = new URL(request.url ?? '/', 'http://localhost')
  return {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_CONFIG_KEY_1: 'uploadpack.allowFilter',
    GIT_CONFIG_VALUE_1: String(allowFilter),
    GIT_PROJECT_ROOT: rootDir,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header(request, 'git-protocol'),
    REQUEST_METHOD: request.method,
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: header(request, 'content-type'),
    CONTENT_LENGTH: header(request, 'content-length'),
    HTTP_CONTENT_ENCODING: header(request, 'content-encoding'),
    REMOTE_ADDR: '127.0.0.1',
  } as unknown as NodeJS.ProcessEnv
}

function header(request: IncomingMessage, name: string): string {
  return String(request.headers[name] ?? '')
}

interface Exchange {
  body: Buffer
  response: ServerResponse
  child: ChildProcess
  holding: Holding
}

/** Passes the request body to the CGI program, its header lines to the response head, and the rest on as the body. */
async function answer({ body, response, child, holding }: Exchange): Promise<void> {
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('The CGI program has no pipes')
  response.on('close', () => child.kill('SIGKILL'))
  stdin.on('error', () => undefined)
  stdin.end(body)
  const isPack = body.includes('want ')
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      if (response.headersSent) await send(response, chunk)
      else {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) continue
        writeHead(response, head.toString('latin1', 0, end))
        await send(response, head.subarray(end + 4))
        if (isPack) await holdAt(holding, { point: 'mid-pack', delayMs: 0 })
      }
    }
    if (!response.headersSent) response.writeHead(500)
    response.end()
  } catch {
    response.destroy()
  }
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()]
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
}

async function send(response: ServerResponse, chunk: Buffer): Promise<void> {
  if (response.destroyed) throw new Error('The client went away')
  if (chunk.length === 0 || response.write(chunk)) return
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
