import type { z } from 'zod'
import { authenticate, credentialIn, type Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { originAllowed } from '#lib/auth/origin.ts'
import { isProjectAction } from '#lib/auth/permissions.ts'
import { ADDRESS_HEADER, HOST_HEADER, SECURE_HEADER } from '#lib/auth/remote.ts'
import { DocsfyError } from '#lib/errors.ts'
import { type Endpoint, nothing } from '#lib/http/endpoints/endpoint.ts'
import { errorAnswer } from '#lib/http/errors-to-http.ts'
import { check, needJson, readBytes, readJson } from '#lib/http/read-input.ts'

export interface Call<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  /** Address of the client. */
  address: string
  /** Whether the request came by HTTPS. */
  secure: boolean
  cookie: string | null
  headers: Headers
  /** Aborted when the client has gone. */
  signal: AbortSignal
  /** The body as it came, for endpoints that take none as JSON. Throws `limit_reached`. */
  readBody: (maxBytes: number) => Promise<Uint8Array>
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>
type Schema = z.ZodType
type CallOf<P extends Schema, Q extends Schema, B extends Schema> = Call<z.output<P>, z.output<Q>, z.output<B>>
type AnswerOf<A extends z.core.$ZodType> = z.output<A> | Response | Promise<z.output<A> | Response>

/** A route anybody may call. `run` returns the JSON answer, or a whole Response. */
export function publicRoute<P extends Schema, Q extends Schema, B extends Schema, A extends z.core.$ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  run: (call: CallOf<P, Q, B>) => AnswerOf<A>,
): Handler {
  return guarded(endpoint, async (request, given) => {
    const origin = request.headers.get('origin')
    if (changesState(request) && origin && !isOwnOrigin(request, origin)) throw foreignOrigin()
    return await run(await readCall(endpoint, request, given))
  })
}

/** A route for signed-in callers: authenticates, asks the permission table, parses, runs one verb, answers. */
export function route<P extends Schema, Q extends Schema, B extends Schema, A extends z.core.$ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  run: (caller: Principal, call: CallOf<P, Q, B>) => AnswerOf<A>,
): Handler {
  return guarded(endpoint, async (request, given) => {
    const caller = await callerOf(request)
    const { access } = endpoint
    if (access !== 'public' && !isProjectAction(access)) needPermission(caller, access)
    return await run(caller, await readCall(endpoint, request, given))
  })
}

/** JSON that no cache may keep. */
export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(body, { status: init.status, headers: { ...FIXED_HEADERS, ...init.headers } })
}

/** The same, of bytes that are JSON already; not compressed, because Next drops `content-encoding` and compresses itself. */
export function jsonBytes(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { ...FIXED_HEADERS, 'content-type': 'application/json' } })
}

const FIXED_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

function guarded({ status }: Endpoint, answer: (request: Request, params: unknown) => Promise<unknown>): Handler {
  return async (request, context) => {
    try {
      const result = await answer(request, await context.params)
      const response = result instanceof Response ? result : json(result, { status })
      return request.method === 'HEAD' ? await withoutBody(response) : response
    } catch (error) {
      const { status, body, headers } = errorAnswer(error)
      return json(body, { status, headers })
    }
  }
}

/** Nobody reads the body of an answer to HEAD: what it holds open would stay open for ever. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel()
  return new Response(null, response)
}

async function callerOf(request: Request): Promise<Principal> {
  const { headers } = request
  const credential = credentialIn({ authorization: headers.get('authorization'), cookie: headers.get('cookie') })
  const caller = await authenticate(credential)
  if (!caller) throw new DocsfyError('unauthenticated', 'Sign in, or send a valid key as Authorization: Bearer KEY')
  if (caller.credential.kind === 'session' && changesState(request)) {
    const origin = headers.get('origin')
    if (!origin || !isOwnOrigin(request, origin)) throw foreignOrigin()
    // Another site can send a form with our cookie, but never this type.
    needJson(request)
  }
  return caller
}

function changesState(request: Request): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

function isOwnOrigin(request: Request, origin: string): boolean {
  return originAllowed(origin, request.headers.get(HOST_HEADER) ?? request.headers.get('host'))
}

function foreignOrigin(): DocsfyError {
  return new DocsfyError(
    'forbidden',
    'This request came from another site: use the pages of this server, or a Bearer key',
  )
}

async function readCall<P extends Schema, Q extends Schema, B extends Schema>(
  endpoint: Pick<Endpoint<P, Q, B>, 'path' | 'params' | 'query' | 'body'>,
  request: Request,
  given: unknown,
): Promise<CallOf<P, Q, B>> {
  const url = new URL(request.url)
  const query = Object.fromEntries(url.searchParams)
  const takesBody = (endpoint.body as Schema) !== nothing
  return {
    params: check(endpoint.params, segmentsOf(url.pathname, endpoint.path) ?? given ?? {}),
    query: check(endpoint.query, query),
    body: check(endpoint.body, takesBody ? await readJson(request) : {}),
    address: request.headers.get(ADDRESS_HEADER) ?? 'unknown',
    secure: request.headers.get(SECURE_HEADER) === '1',
    cookie: request.headers.get('cookie'),
    headers: request.headers,
    signal: request.signal,
    readBody: (maxBytes) => readBytes(request, maxBytes),
  }
}

/** Parameters as they were sent: Next decodes some and not others, so that a `%` in a name could not be told from an escape. */
function segmentsOf(pathname: string, template: string): Record<string, string> | null {
  const [names, sent] = [template.split('/'), pathname.split('/')]
  if (names.length !== sent.length) return null
  return Object.fromEntries(
    names.flatMap((part, at) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      return name ? [[name, sent[at] ?? '']] : []
    }),
  )
}
