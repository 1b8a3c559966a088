import type { z } from 'zod'
import type { Role } from '#lib/domain/kinds.ts'
import {
  type AccessResponse,
  abortedResponseSchema,
  accessResponseSchema,
  type CreateUserResponse,
  createUserResponseSchema,
  deletedResponseSchema,
  errorResponseSchema,
  type GenerateBody,
  type GenerateResponse,
  type GrantedResponse,
  generateResponseSchema,
  grantedResponseSchema,
  healthResponseSchema,
  type LoginRequest,
  type MeResponse,
  type ModelsResponse,
  meResponseSchema,
  modelsResponseSchema,
  okResponseSchema,
  type ProjectResponse,
  projectResponseSchema,
  type RevokedResponse,
  type RotateKeyResponse,
  revokedResponseSchema,
  rotateKeyResponseSchema,
  type UsersResponse,
  usersResponseSchema,
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
  function headersFor(accept: string): Record<string, string> {
    return apiKey ? { accept, authorization: `Bearer ${apiKey}` } : { accept }
  }

  async function call<Answer>(path: string, { method = 'GET', body, schema, signal }: Call<Answer>): Promise<Answer> {
    const headers = headersFor('application/json')
    if (method !== 'GET') headers['content-type'] = 'application/json'
    const json = method === 'GET' ? undefined : JSON.stringify(body ?? {})
    const response = await send(`${baseUrl}${path}`, { method, headers, body: json, signal }).catch(unreachable)
    return readAnswer(response, schema)
  }

  /** The gzip-compressed tar of a site. */
  async function download(path: string, signal?: AbortSignal): Promise<NonNullable<Response['body']>> {
    const headers = headersFor('application/gzip, application/json')
    const response = await send(`${baseUrl}${path}`, { headers, signal }).catch(unreachable)
    if (response.ok && response.body) return response.body
    throw await refusalOf(response)
  }

  return {
    health: () => call('/health', { schema: healthResponseSchema }),
    login: (body: LoginRequest): Promise<MeResponse> =>
      call('/api/auth/login', { method: 'POST', body, schema: meResponseSchema }),
    logout: () => call('/api/auth/logout', { method: 'POST', schema: okResponseSchema }),
    me: (): Promise<MeResponse> => call('/api/auth/me', { schema: meResponseSchema }),
    models: (): Promise<ModelsResponse> => call('/api/models', { schema: modelsResponseSchema }),
    projects: (signal?: AbortSignal): Promise<ProjectsResponse> =>
      call('/api/projects', { schema: projectsResponseSchema, signal }),
    variant: (identity: VariantIdentity): Promise<VariantRow> =>
      call(variantUrl(identity), { schema: variantRowSchema }),
    variantById: (generationId: string): Promise<VariantRow> =>
      call(`/api/projects/by-id/${encodeURIComponent(generationId)}`, { schema: variantRowSchema }),
    project: (project: ProjectPlace): Promise<ProjectResponse> =>
      call(projectUrl(project), { schema: projectResponseSchema }),
    generate: (body: GenerateBody): Promise<GenerateResponse> =>
      call('/api/generate', { method: 'POST', body, schema: generateResponseSchema }),
    abort: (identity: VariantIdentity) =>
      call(variantUrl(identity, '/abort'), { method: 'POST', schema: abortedResponseSchema }),
    remove: (identity: VariantIdentity) =>
      call(variantUrl(identity), { method: 'DELETE', schema: deletedResponseSchema }),
    removeProject: (project: ProjectPlace) =>
      call(projectUrl(project), { method: 'DELETE', schema: deletedResponseSchema }),
    download: (identity: VariantIdentity, signal?: AbortSignal) => download(variantUrl(identity, '/download'), signal),
    downloadProject: (project: ProjectPlace, signal?: AbortSignal) =>
      download(projectUrl(project, '/download'), signal),
    runs: (identity: VariantIdentity): Promise<RunsResponse> =>
      call(variantUrl(identity, '/runs'), { schema: runsResponseSchema }),
    runEvents: ({ identity, runId, after, signal }: RunEventsQuery): Promise<RunEventsResponse> =>
      call(`${variantUrl(identity, `/runs/${encodeURIComponent(runId)}/events`)}&after=${after}`, {
        schema: runEventsResponseSchema,
        signal,
      }),
    users: (): Promise<UsersResponse> => call('/api/admin/users', { schema: usersResponseSchema }),
    createUser: (body: { username: string; role: Role }): Promise<CreateUserResponse> =>
      call('/api/admin/users', { method: 'POST', body, schema: createUserResponseSchema }),
    removeUser: (username: string) => call(userUrl(username), { method: 'DELETE', schema: deletedResponseSchema }),
    /** Without `newKey` the server makes one. */
    rotateUserKey: (username: string, newKey?: string): Promise<RotateKeyResponse> =>
      call(userUrl(username, '/rotate-key'), {
        method: 'POST',
        body: { new_key: newKey },
        schema: rotateKeyResponseSchema,
      }),
    access: (project: ProjectPlace): Promise<AccessResponse> =>
      call(accessUrl(project), { schema: accessResponseSchema }),
    grantAccess: ({ name, owner }: ProjectPlace, username: string): Promise<GrantedResponse> =>
      call(accessUrl({ name }), { method: 'POST', body: { username, owner }, schema: grantedResponseSchema }),
    revokeAccess: (project: ProjectPlace, username: string): Promise<RevokedResponse> =>
      call(accessUrl(project, `/${encodeURIComponent(username)}`), {
        method: 'DELETE',
        schema: revokedResponseSchema,
      }),
  }
}

/** A project of `owner`; without one, the caller's own or the only one they may see. */
export interface ProjectPlace {
  name: string
  owner?: string
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

function projectUrl({ name, owner }: ProjectPlace, action = ''): string {
  return `/api/projects/${encodeURIComponent(name)}${action}${ownerQuery(owner)}`
}

function accessUrl({ name, owner }: ProjectPlace, action = ''): string {
  return `/api/admin/projects/${encodeURIComponent(name)}/access${action}${ownerQuery(owner)}`
}

function userUrl(username: string, action = ''): string {
  return `/api/admin/users/${encodeURIComponent(username)}${action}`
}

function ownerQuery(owner: string | undefined): string {
  return owner === undefined ? '' : `?owner=${encodeURIComponent(owner)}`
}

function unreachable(error: unknown): never {
  if (error instanceof ApiError || (error instanceof Error && error.name === 'AbortError')) throw error
  throw new ApiError(0, 'The server does not answer: check that it is running and try again')
}

async function readAnswer<Answer>(response: Response, schema: z.ZodType<Answer>): Promise<Answer> {
  if (!response.ok) throw await refusalOf(response)
  const answer = schema.safeParse(await jsonOf(response))
  if (answer.success) return answer.data
  throw new ApiError(502, 'The server answered in a form this version does not know: reload, or update docsfy')
}

async function refusalOf(response: Response): Promise<ApiError> {
  const refusal = errorResponseSchema.safeParse(await jsonOf(response))
  if (refusal.success) return new ApiError(response.status, refusal.data.detail, refusal.data.issues)
  return new ApiError(response.status, `The server answered with status ${response.status} and no explanation`)
}

function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => null)
}
