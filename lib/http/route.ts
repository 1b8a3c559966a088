import { z } from 'zod'
import { authenticate, credentialIn, type Principal } from '#lib/auth/authenticate.ts'
import { originAllowed } from '#lib/auth/origin.ts'
import { ADDRESS_HEADER, SECURE_HEADER } from '#lib/auth/remote.ts'
import { DocsfyError } from '#lib/errors.ts'
import { errorAnswer } from '#lib/http/errors-to-http.ts'
import { check, readJson } from '#lib/http/read-input.ts'

const nothing = z.object({})

interface Inputs<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params?: Params
  query?: Query
  body?: Body
}

export interface Call<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  /** Address of the client. */
  address: string
  /** Whether the request came by HTTPS. */
  secure: boolean
  cookie: string | null
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>
type Outputs<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Call<
  z.output<P>,
  z.output<Q>,
  z.output<B>
>

/** A route anybody may call. `run` returns the JSON answer, or a whole Response. */
export function publicRoute<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(definition: Inputs<P, Q, B> & { run: (call: Outputs<P, Q, B>) => unknown }): Handler {
  return guarded(async (request, given) => {
    const origin = request.headers.get('origin')
    if (changesState(request) && origin && !originAllowed(origin, request.headers.get('host'))) throw foreignOrigin()
    return await definition.run(await readCall(definition, request, given))
  })
}

/** A route for signed-in callers: authenticates, parses, runs one verb, answers. */
export function route<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(definition: Inputs<P, Q, B> & { run: (caller: Principal, call: Outputs<P, Q, B>) => unknown }): Handler {
  return guarded(async (request, given) => {
    const caller = await callerOf(request)
    return await definition.run(caller, await readCall(definition, request, given))
  })
}

/** JSON that no cache may keep. */
export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(body, { status: init.status, headers: { 'cache-control': 'no-store', ...init.headers } })
}

function guarded(answer: (request: Request, params: unknown) => Promise<unknown>): Handler {
  return async (request, context) => {
    try {
      const result = await answer(request, await context.params)
      return result instanceof Response ? result : json(result)
    } catch (error) {
      const { status, body, headers } = errorAnswer(error)
      return json(body, { status, headers })
    }
  }
}

async function callerOf(request: Request): Promise<Principal> {
  const { headers } = request
  const credential = credentialIn({ authorization: headers.get('authorization'), cookie: headers.get('cookie') })
  const caller = await authenticate(credential)
  if (!caller) throw new DocsfyError('unauthenticated', 'Sign in, or send a valid key as Authorization: Bearer KEY')
  const origin = headers.get('origin')
  const rides = caller.credential.kind === 'session' && changesState(request)
  if (rides && !(origin && originAllowed(origin, headers.get('host')))) throw foreignOrigin()
  return caller
}

function changesState(request: Request): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

function foreignOrigin(): DocsfyError {
  return new DocsfyError(
    'forbidden',
    'This request came from another site: use the pages of this server, or a Bearer key',
  )
}

async function readCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Inputs<P, Q, B>,
  request: Request,
  given: unknown,
): Promise<Outputs<P, Q, B>> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  return {
    params: check(definition.params ?? nothing, given ?? {}) as z.output<P>,
    query: check(definition.query ?? nothing, query) as z.output<Q>,
    body: check(definition.body ?? nothing, definition.body ? await readJson(request) : {}) as z.output<B>,
    address: request.headers.get(ADDRESS_HEADER) ?? 'unknown',
    secure: request.headers.get(SECURE_HEADER) === '1',
    cookie: request.headers.get('cookie'),
  }
}
