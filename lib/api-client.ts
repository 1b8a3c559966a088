import type { z } from 'zod'
import {
  abortedResponseSchema,
  deletedResponseSchema,
  errorResponseSchema,
  type GenerateBody,
  type GenerateResponse,
  generateResponseSchema,
  type LoginRequest,
  type MeResponse,
  type ModelsResponse,
  meResponseSchema,
  modelsResponseSchema,
  okResponseSchema,
} from '#lib/domain/requests.ts'
import {
  type RunEventsResponse,
  type RunsResponse,
  runEventsResponseSchema,
  runsResponseSchema,
} from '#lib/domain/runs.ts'
import {
  type ProjectsResponse,
  projectsResponseSchema,
  type VariantIdentity,
  type VariantRow,
  variantPath,
  variantRowSchema,
} from '#lib/domain/variant.ts'

/** A request that failed. `status` 0: no answer came. `detail` is a sentence for people. */
export class ApiError extends Error {
  readonly status: number
  readonly detail: string
  readonly issues: { path: string; message: string }[]

  constructor(status: number, detail: string, issues: { path: string; message: string }[] = []) {
    super(detail)
    this.name = 'ApiError'
    this.status = status
    this.detail = detail
    this.issues = issues
  }
}

/** The sentence to show for anything that was thrown. */
export function detailOf(error: unknown): string {
  return error instanceof ApiError ? error.detail : 'Something went wrong here: reload the page and try again'
}

export interface ApiClientOptions {
  /** Scheme, host and port; empty in a browser, where every address is relative to the page. */
  baseUrl?: string
  /** Sent as a Bearer key; browsers leave it out and use their session cookie. */
  apiKey?: string
  fetch?: typeof fetch
}

interface Call<Answer> {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  schema: z.ZodType<Answer>
  signal?: AbortSignal
}

export type ApiClient = ReturnType<typeof createApiClient>

/** The HTTP API, typed, for browser and terminal. Every method throws an ApiError when it fails. */
export function createApiClient({ baseUrl = '', apiKey, fetch: send = fetch }: ApiClientOptions = {}) {
  async function call<Answer>(path: string, { method = 'GET', body, schema, signal }: Call<Answer>): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (apiKey) headers.authorization = `Bearer ${apiKey}`
    if (method !== 'GET') headers['content-type'] = 'application/json'
    const json = method === 'GET' ? undefined : JSON.stringify(body ?? {})
    const response = await send(`${baseUrl}${path}`, { method, headers, body: json, signal }).catch(unreachable)
    return readAnswer(response, schema)
  }

  return {
    login: (body: LoginRequest): Promise<MeResponse> =>
      call('/api/auth/login', { method: 'POST', body, schema: meResponseSchema }),
    logout: () => call('/api/auth/logout', { method: 'POST', schema: okResponseSchema }),
    me: (): Promise<MeResponse> => call('/api/auth/me', { schema: meResponseSchema }),
    models: (): Promise<ModelsResponse> => call('/api/models', { schema: modelsResponseSchema }),
    projects: (signal?: AbortSignal): Promise<ProjectsResponse> =>
      call('/api/projects', { schema: projectsResponseSchema, signal }),
    variant: (identity: VariantIdentity): Promise<VariantRow> =>
      call(variantUrl(identity), { schema: variantRowSchema }),
    generate: (body: GenerateBody): Promise<GenerateResponse> =>
      call('/api/generate', { method: 'POST', body, schema: generateResponseSchema }),
    abort: (identity: VariantIdentity) =>
      call(variantUrl(identity, '/abort'), { method: 'POST', schema: abortedResponseSchema }),
    remove: (identity: VariantIdentity) =>
      call(variantUrl(identity), { method: 'DELETE', schema: deletedResponseSchema }),
    runs: (identity: VariantIdentity): Promise<RunsResponse> =>
      call(variantUrl(identity, '/runs'), { schema: runsResponseSchema }),
    runEvents: ({ identity, runId, after, signal }: RunEventsQuery): Promise<RunEventsResponse> =>
      call(`${variantUrl(identity, `/runs/${encodeURIComponent(runId)}/events`)}&after=${after}`, {
        schema: runEventsResponseSchema,
        signal,
      }),
  }
}

export interface RunEventsQuery {
  identity: VariantIdentity
  runId: string
  /** Only events with a greater `seq`; 0 for all. */
  after: number
  signal?: AbortSignal
}

/** Address of a variant in the API, with its owner. `action` is a further path such as `/abort`. */
export function variantUrl(identity: VariantIdentity, action = ''): string {
  return `/api/projects/${variantPath(identity)}${action}?owner=${encodeURIComponent(identity.owner)}`
}

function unreachable(error: unknown): never {
  if (error instanceof Error && error.name === 'AbortError') throw error
  throw new ApiError(0, 'The server does not answer: check that it is running and try again')
}

async function readAnswer<Answer>(response: Response, schema: z.ZodType<Answer>): Promise<Answer> {
  const json: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const refusal = errorResponseSchema.safeParse(json)
    if (refusal.success) throw new ApiError(response.status, refusal.data.detail, refusal.data.issues)
    throw new ApiError(response.status, `The server answered with status ${response.status} and no explanation`)
  }
  const answer = schema.safeParse(json)
  if (answer.success) return answer.data
  throw new ApiError(502, 'The server answered in a form this version does not know: reload, or update docsfy')
}
