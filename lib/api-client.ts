import type { Answer, AnswerName } from '#lib/domain/answers.ts'
import type { DownloadFormat } from '#lib/domain/downloads.ts'
import type { Role } from '#lib/domain/kinds.ts'
import type { GenerateBody, LoginRequest } from '#lib/domain/requests.ts'
import type { Steering } from '#lib/domain/steering.ts'
import { type VariantIdentity, variantPath } from '#lib/domain/variant.ts'

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

interface Call<Name extends AnswerName> {
  answer: Name
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
}

type Caller = <Name extends AnswerName>(path: string, options: Call<Name>) => Promise<Answer<Name>>
type Downloader = (path: string, signal?: AbortSignal) => Promise<NonNullable<Response['body']>>

export type ApiClient = ReturnType<typeof createApiClient>

/** The HTTP API, typed, for browser and terminal. Every method throws an ApiError when it fails. */
export function createApiClient({ baseUrl = '', apiKey, fetch: send = fetch }: ApiClientOptions = {}) {
  function headersFor(accept: string): Record<string, string> {
    return apiKey ? { accept, authorization: `Bearer ${apiKey}` } : { accept }
  }

  const call: Caller = async (path, { answer, method = 'GET', body, signal }) => {
    const headers = headersFor('application/json')
    if (method !== 'GET') headers['content-type'] = 'application/json'
    const json = method === 'GET' ? undefined : JSON.stringify(body ?? {})
    const response = await send(`${baseUrl}${path}`, { method, headers, body: json, signal }).catch(unreachable)
    return readAnswer(response, answer)
  }

  /** The gzip-compressed tar of a site, or the site as one document. */
  const download: Downloader = async (path, signal) => {
    const headers = headersFor('application/gzip, text/html, application/json')
    const response = await send(`${baseUrl}${path}`, { headers, signal }).catch(unreachable)
    if (response.ok && response.body) return response.body
    throw await refusalOf(response)
  }

  return {
    ...sessionCalls(call),
    ...variantCalls(call),
    ...projectCalls(call, download),
    ...refreshCalls(call),
    ...credentialCalls(call),
    ...adminCalls(call),
  }
}

function sessionCalls(call: Caller) {
  return {
    health: () => call('/health', { answer: 'health' }),
    login: (body: LoginRequest) => call('/api/auth/login', { answer: 'me', method: 'POST', body }),
    logout: () => call('/api/auth/logout', { answer: 'ok', method: 'POST' }),
    me: () => call('/api/auth/me', { answer: 'me' }),
    /** Ends the caller's own sessions too. Without `newKey` the server makes one. */
    rotateOwnKey: (newKey?: string) =>
      call('/api/auth/rotate-key', { answer: 'rotatedKey', method: 'POST', body: { new_key: newKey } }),
  }
}

function variantCalls(call: Caller) {
  return {
    variant: (identity: VariantIdentity) => call(variantUrl(identity), { answer: 'variant' }),
    variantById: (generationId: string) =>
      call(`/api/projects/by-id/${encodeURIComponent(generationId)}`, { answer: 'variant' }),
    generate: (body: GenerateBody) => call('/api/generate', { answer: 'generated', method: 'POST', body }),
    /** What a generation would write and need; takes as long as fetching and reading the repository does. */
    estimate: async (body: GenerateBody, signal?: AbortSignal) => {
      for (;;) {
        const answer = await call('/api/estimate', { answer: 'estimate', method: 'POST', body, signal })
        if (!('status' in answer)) return answer
      }
    },
    abort: (identity: VariantIdentity) => call(variantUrl(identity, '/abort'), { answer: 'aborted', method: 'POST' }),
    resume: (identity: VariantIdentity) =>
      call(variantUrl(identity, '/resume'), { answer: 'generated', method: 'POST' }),
    remove: (identity: VariantIdentity) => call(variantUrl(identity), { answer: 'deleted', method: 'DELETE' }),
    runs: (identity: VariantIdentity, signal?: AbortSignal) =>
      call(variantUrl(identity, '/runs'), { answer: 'runs', signal }),
    /** What the variant, or one run of it, has cost. */
    variantCost: (identity: VariantIdentity, runId?: string) =>
      call(`${variantUrl(identity, '/cost')}${runId ? `&run_id=${encodeURIComponent(runId)}` : ''}`, {
        answer: 'variantCost',
      }),
    /** What changed between two runs; without them between the last two. */
    changes: (identity: VariantIdentity, { from, to }: { from?: string; to?: string }, signal?: AbortSignal) => {
      const runs = Object.entries({ from, to }).flatMap(([name, id]) => (id ? [[name, id]] : []))
      return call(`${variantUrl(identity, '/changes')}&${new URLSearchParams(runs)}`, { answer: 'changes', signal })
    },
    runEvents: ({ identity, runId, after, signal }: RunEventsQuery) =>
      call(`${variantUrl(identity, `/runs/${encodeURIComponent(runId)}/events`)}&after=${after}`, {
        answer: 'runEvents',
        signal,
      }),
  }
}

function projectCalls(call: Caller, download: Downloader) {
  return {
    /** What the caller has spent in a month such as `2026-11`; this one when none is named. */
    cost: (month?: string) => call(`/api/cost${monthQuery(month)}`, { answer: 'cost' }),
    models: () => call('/api/models', { answer: 'models' }),
    /** Asks every provider again; for admins. */
    refreshModels: () => call('/api/admin/models', { answer: 'models', method: 'POST' }),
    projects: (signal?: AbortSignal) => call('/api/projects', { answer: 'projects', signal }),
    project: (project: ProjectPlace) => call(projectUrl(project), { answer: 'project' }),
    /** Deletes all variants of the project. */
    removeProject: (project: ProjectPlace) => call(projectUrl(project), { answer: 'deleted', method: 'DELETE' }),
    /** What its owner asks of its documentation. */
    steering: (project: ProjectPlace) => call(projectUrl(project, '/steering'), { answer: 'steering' }),
    setSteering: (project: ProjectPlace, body: Steering) =>
      call(projectUrl(project, '/steering'), { answer: 'steering', method: 'POST', body }),
    download: (identity: VariantIdentity, { format, signal }: Download = {}) =>
      download(downloadUrl(identity, format), signal),
    downloadProject: (project: ProjectPlace, { format, signal }: Download = {}) =>
      download(inFormat(projectUrl(project, '/download'), format), signal),
  }
}

function refreshCalls(call: Caller) {
  return {
    /** Of every variant the caller may see. */
    schedules: () => call('/api/schedules', { answer: 'schedules' }),
    schedule: (identity: VariantIdentity) => call(variantUrl(identity, '/schedule'), { answer: 'schedule' }),
    setSchedule: (identity: VariantIdentity, body: { cron: string; time_zone: string }) =>
      call(variantUrl(identity, '/schedule'), { answer: 'savedSchedule', method: 'POST', body }),
    removeSchedule: (identity: VariantIdentity) =>
      call(variantUrl(identity, '/schedule'), { answer: 'deleted', method: 'DELETE' }),
    hook: (project: ProjectPlace) => call(projectUrl(project, '/hook'), { answer: 'hook' }),
    /** Makes it, or gives it another token and secret; both come only with this answer. */
    createHook: (project: ProjectPlace, body: { needs_signature: boolean }) =>
      call(projectUrl(project, '/hook'), { answer: 'createdHook', method: 'POST', body }),
    removeHook: (project: ProjectPlace) => call(projectUrl(project, '/hook'), { answer: 'deleted', method: 'DELETE' }),
  }
}

function credentialCalls(call: Caller) {
  return {
    /** What the caller has stored for hosts of private repositories, without the tokens. */
    credentials: () => call('/api/credentials', { answer: 'credentials' }),
    setCredential: (body: { host: string; username: string; token: string }) =>
      call('/api/credentials', { answer: 'savedCredential', method: 'POST', body }),
    removeCredential: (host: string) =>
      call(`/api/credentials?host=${encodeURIComponent(host)}`, { answer: 'deleted', method: 'DELETE' }),
  }
}

function adminCalls(call: Caller) {
  return {
    users: () => call('/api/admin/users', { answer: 'users' }),
    createUser: (body: { username: string; role: Role }) =>
      call('/api/admin/users', { answer: 'createdUser', method: 'POST', body }),
    removeUser: (username: string) => call(userUrl(username), { answer: 'deleted', method: 'DELETE' }),
    /** Without `newKey` the server makes one. */
    rotateUserKey: (username: string, newKey?: string) =>
      call(userUrl(username, '/rotate-key'), { answer: 'rotatedKey', method: 'POST', body: { new_key: newKey } }),
    grants: () => call('/api/admin/grants', { answer: 'grants' }),
    access: (project: ProjectPlace) => call(accessUrl(project), { answer: 'access' }),
    grantAccess: ({ name, owner }: ProjectPlace, username: string) =>
      call(accessUrl({ name }), { answer: 'granted', method: 'POST', body: { username, owner } }),
    revokeAccess: (project: ProjectPlace, username: string) =>
      call(accessUrl(project, `/${encodeURIComponent(username)}`), { answer: 'revoked', method: 'DELETE' }),
    queue: (signal?: AbortSignal) => call('/api/admin/queue', { answer: 'queue', signal }),
    settings: () => call('/api/admin/settings', { answer: 'settings' }),
    /** What everybody has spent in a month. */
    adminCost: (month?: string) => call(`/api/admin/cost${monthQuery(month)}`, { answer: 'adminCost' }),
  }
}

/** A project of `owner`; without one, the caller's own or the only one they may see. */
export interface ProjectPlace {
  name: string
  owner?: string
}

interface Download {
  /** An archive when it is left out. */
  format?: DownloadFormat
  signal?: AbortSignal
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
  return `/api/projects/${variantPath(identity)}${action}${ownerQuery(identity.owner)}`
}

/** Address of the finished site of a variant. */
export function downloadUrl(identity: VariantIdentity, format?: DownloadFormat): string {
  return inFormat(variantUrl(identity, '/download'), format)
}

function inFormat(url: string, format?: DownloadFormat): string {
  if (format === undefined) return url
  return `${url}${url.includes('?') ? '&' : '?'}format=${format}`
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

function monthQuery(month: string | undefined): string {
  return month === undefined ? '' : `?month=${encodeURIComponent(month)}`
}

function ownerQuery(owner: string | undefined): string {
  return owner === undefined ? '' : `?owner=${encodeURIComponent(owner)}`
}

function unreachable(error: unknown): never {
  if (error instanceof ApiError || (error instanceof Error && error.name === 'AbortError')) throw error
  throw new ApiError(0, 'The server does not answer: check that it is running and try again')
}

/** The schemas come with the first answer: a page is there, and works, before them. */
function loadAnswers() {
  return import('#lib/domain/answers.ts')
}

async function readAnswer<Name extends AnswerName>(response: Response, name: Name): Promise<Answer<Name>> {
  if (!response.ok) throw await refusalOf(response)
  const { ANSWERS } = await loadAnswers()
  const answer = ANSWERS[name].safeParse(await jsonOf(response))
  if (answer.success) return answer.data as Answer<Name>
  throw new ApiError(502, 'The server answered in a form this version does not know: reload, or update docsfy')
}

async function refusalOf(response: Response): Promise<ApiError> {
  const { ANSWERS } = await loadAnswers()
  const refusal = ANSWERS.error.safeParse(await jsonOf(response))
  if (refusal.success) return new ApiError(response.status, refusal.data.detail, refusal.data.issues)
  return new ApiError(response.status, `The server answered with status ${response.status} and no explanation`)
}

function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => null)
}
