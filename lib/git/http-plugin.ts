import type { IncomingMessage } from 'node:http'
import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import type { NetworkRules, RepositoryCredential } from '#lib/domain/job.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { checkedAddresses, type ResolveHost } from './address-guard.ts'
import { dial } from './dial.ts'
import { listTooLong, repositoryTooLarge } from './limit-errors.ts'
import { type Hop, nextHop, repositoryBase } from './redirect.ts'
import { trustedCertificates } from './trusted-certificates.ts'

const MAX_REDIRECTS = 3
const MAX_REQUEST_BYTES = 16 * 1024 * 1024
const IDLE_TIMEOUT_MS = 30_000
/** Of everything but a pack: some 300,000 branches and tags. */
const MAX_LIST_BYTES = 32 * 1024 * 1024
const FOLLOWED = new Set([301, 302, 307, 308])

export interface GuardedHttpOptions {
  network: NetworkRules
  /** Shown to this origin only, never to one a redirect leads to. */
  credential?: (RepositoryCredential & { origin: string }) | null
  /** Most bytes all answers together may have. */
  maxBytes: number
  signal: AbortSignal
  /** Called with the bytes received so far. */
  onBytes?: (received: number) => void
  idleTimeoutMs?: number
  resolveHost?: ResolveHost
}

export interface GuardedHttp extends HttpClient {
  /** The first failure of any request or body. isomorphic-git takes a broken body for its end, so ask after each call. */
  failure(): unknown
  /** Where the repository at this address was redirected to, or the same address. */
  reached(repositoryUrl: string): string
  /** Closes every connection that is still open. */
  close(): void
}

/** HTTP for isomorphic-git in which every address, first or redirected to, is checked before it is contacted. */
export function guardedHttp(options: GuardedHttpOptions): GuardedHttp {
  const closing = new AbortController()
  const state: State = { received: 0, failure: undefined, moved: new Map() }
  const session: Session = { ...options, signal: AbortSignal.any([options.signal, closing.signal]), state }
  return {
    request: (request) => remembering(state, () => exchange(session, request)),
    failure: () => state.failure,
    reached: (repositoryUrl) => state.moved.get(repositoryUrl) ?? repositoryUrl,
    close: () => closing.abort(),
  }
}

interface State {
  received: number
  failure: unknown
  /** Where the repository at an address was redirected to. */
  moved: Map<string, string>
}

interface Session extends GuardedHttpOptions {
  state: State
}

async function remembering<Value>(state: State, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    state.failure ??= error
    throw error
  }
}

async function exchange(session: Session, request: GitHttpRequest): Promise<GitHttpResponse> {
  const method = request.method ?? 'GET'
  const payload = request.body ? await collect(request.body) : null
  const asked: Hop = {
    url: new URL(request.url),
    headers: { ...request.headers, ...authorization(session, request.url) },
  }
  let hop = startingPoint(session.state, asked)
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(session, { ...hop, method, payload, redirected: redirects > 0 })
    if (!isRedirect(response)) {
      rememberMove(session.state, asked.url, hop.url)
      return gitResponse(session, { response, method, url: hop.url, isPack: isForPack(payload) })
    }
    response.destroy()
    if (redirects === MAX_REDIRECTS)
      throw new DocsfyError('refused_address', `The server redirects more than ${MAX_REDIRECTS} times`)
    hop = nextHop(hop, response.headers.location ?? '')
  }
}

function authorization({ credential }: Session, url: string): Record<string, string> {
  return credential && new URL(url).origin === credential.origin ? { authorization: basicAuth(credential) } : {}
}

export function basicAuth({ username, token }: RepositoryCredential): string {
  return `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`
}

/** Some forges redirect only the first request of a fetch; like git, later ones then start from where it led. */
function startingPoint(state: State, asked: Hop): Hop {
  const base = repositoryBase(asked.url)
  const moved = base === null ? undefined : state.moved.get(base)
  return base === null || moved === undefined ? asked : nextHop(asked, asked.url.href.replace(base, moved))
}

function rememberMove(state: State, asked: URL, reached: URL): void {
  const from = repositoryBase(asked)
  const to = repositoryBase(reached)
  if (from !== null && to !== null && from !== to) state.moved.set(from, to)
}

interface Sending extends Hop {
  method: string
  payload: Buffer | null
  redirected: boolean
}

async function send(
  session: Session,
  { url, headers, method, payload, redirected }: Sending,
): Promise<IncomingMessage> {
  const { network, signal, resolveHost, idleTimeoutMs = IDLE_TIMEOUT_MS } = session
  const addresses = await orAbort(checkedAddresses(url, network, resolveHost), signal).catch((error) => {
    throw redirected && isDocsfyError(error) && error.code === 'refused_address'
      ? new DocsfyError('refused_address', 'The server redirects to an address that is not contacted', { cause: error })
      : error
  })
  const ca = url.protocol === 'https:' ? await trustedCertificates(network.caFile ?? null) : undefined
  return dial({ url, method, headers, payload, addresses, ca, signal, idleTimeoutMs })
}

/** Name resolution cannot be cancelled; this stops waiting for it. */
async function orAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function isRedirect(response: IncomingMessage): boolean {
  return FOLLOWED.has(response.statusCode ?? 0) && response.headers.location !== undefined
}

interface Answer {
  response: IncomingMessage
  method: string
  url: URL
  isPack: boolean
}

/** Whether a request asks for objects: all others ask what there is. */
function isForPack(payload: Buffer | null): boolean {
  return payload !== null && !payload.includes('command=ls-refs')
}

function gitResponse(session: Session, { response, method, url, isPack }: Answer): GitHttpResponse {
  const statusCode = response.statusCode ?? 0
  if (statusCode !== 200) response.destroy()
  else refuseUnlessGit(response, url)
  return {
    url: url.href,
    method,
    statusCode,
    statusMessage: response.statusMessage ?? '',
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body: statusCode === 200 ? measured(session, response, isPack) : nothing(),
  }
}

function refuseUnlessGit(response: IncomingMessage, url: URL): void {
  if (String(response.headers['content-type']).startsWith('application/x-git-')) return
  response.destroy()
  throw new DocsfyError(
    'repository_unavailable',
    `There is no Git repository at ${url.host}${repositoryPath(url)}: check the address`,
  )
}

function repositoryPath(url: URL): string {
  return url.pathname.replace(/\/(?:info\/refs|git-upload-pack)$/, '')
}

/** Passes the body on as it is asked for, so that a slow reader slows the sender down. */
async function* measured(
  { state, maxBytes, onBytes }: Session,
  response: IncomingMessage,
  isPack: boolean,
): AsyncGenerator<Uint8Array> {
  let listed = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      state.received += chunk.byteLength
      if (state.received > maxBytes) throw repositoryTooLarge(maxBytes)
      listed += isPack ? 0 : chunk.byteLength
      if (listed > MAX_LIST_BYTES) throw listTooLong(MAX_LIST_BYTES)
      onBytes?.(state.received)
      yield chunk
    }
  } catch (error) {
    state.failure ??= error
    throw error
  } finally {
    response.destroy()
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The body of a request in one piece, as a redirect may ask for it again. Fetch requests are a few kilobytes. */
async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MAX_REQUEST_BYTES) throw new DocsfyError('limit_reached', 'The request to the Git server is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
