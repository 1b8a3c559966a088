import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { markRemote } from '#lib/auth/remote.ts'
import { DocsfyError } from '#lib/errors.ts'
import { refusalOf } from '#lib/http/known-path.ts'
import { setPagePolicy } from '#lib/http/page-policy.ts'
import { isDocsRequest, serveDocs } from '#lib/http/serve-docs.ts'
import { log } from '#lib/log.ts'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Longer than proxies keep an idle connection to us, so that none sends a request into one that is just closing. */
const KEEP_ALIVE_MS = 130_000
/** A request must have arrived whole by then. */
const REQUEST_MS = 60_000

interface Dispatching {
  /** Answers everything that is no generated site. */
  pages: Pages
  /** Whether pages are being worked on. */
  dev: boolean
}

/** Answers HTTP: generated sites from here, everything else by `pages`. */
export function dispatchRequests(server: Server, dispatching: Dispatching): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.requestTimeout = REQUEST_MS
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    markRemote(request)
    answer(request, response, dispatching).catch((error) => {
      log.error('a request failed', { error })
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
}

async function answer(request: IncomingMessage, response: ServerResponse, { pages, dev }: Dispatching): Promise<void> {
  if (isDocsRequest(request)) return serveDocs(request, response)
  const refusal = refusalOf(request.method ?? '', request.url ?? '')
  if (!refusal) {
    if (!request.url?.startsWith('/api/')) setPagePolicy(request, response, { dev })
    return pages(request, response)
  }
  const { status, headers, detail } = refusal
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ detail }))
}

/** Listens and returns the address people open. Throws `start_up` when the port is taken or may not be used. */
export async function listenOn(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  try {
    await promise
  } catch (error) {
    throw new DocsfyError('start_up', listenProblem(error, `${host}:${port}`), { cause: error })
  }
  const address = server.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${actualPort}`
}

function listenProblem(error: unknown, place: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  if (code === 'EADDRINUSE') return `${place} is already in use: stop what listens there, or set PORT to another port`
  if (code === 'EACCES') return `This user may not listen on ${place}: set PORT to a port above 1023`
  return `docsfy cannot listen on ${place} (${code}): check HOST and PORT`
}

/** Stops listening and ends the connections that are idle; the others within a second. */
export async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 1000)
  await promise
  clearTimeout(timer)
}
