import { decide, decideOnProject, isProjectAction } from '#lib/auth/permissions.ts'
import { createdHookSchema } from '#lib/domain/hooks.ts'
import { variantPath } from '#lib/domain/variant.ts'
import type { Endpoint } from '#lib/http/endpoints/endpoint.ts'
import { ENDPOINTS } from '#lib/http/endpoints/table.ts'
import { STEERING_CASES } from './api-cases-steering.ts'
import type { Sent } from './api-client.ts'
import type { Caller, World } from './api-world.ts'

/** A request that is good for whoever may make it, and how it fails when it is bad. */
export interface Case {
  endpoint: string
  /** Path and query of a good request. Called anew for each caller who may make it; what is used up is made here. */
  path(caller: Caller, world: World): string | Promise<string>
  body?(caller: Caller, world: World): unknown
  /** Status for those who may; 200 when absent. */
  ok?(caller: Caller): number
  /** Bad requests by those who may, with the status each gets. */
  bad?: ({ path?: string; status: number } & Pick<Sent, 'body' | 'headers'>)[]
}

/** The status the permission table gives a caller who sends a good request. */
export function expectedStatus({ endpoint, ok }: Case, caller: Caller): number {
  const { access, status } = endpointOf(endpoint)
  if (access === 'public') return ok?.(caller) ?? status
  if (caller.role === null) return 401
  const decision = isProjectAction(access)
    ? decideOnProject(caller.role, caller.relation, access)
    : decide(caller.role, access)
  if (decision === 'allow') return ok?.(caller) ?? status
  return decision === 'forbid' ? 403 : 404
}

/** The status for a bad request: who may not do it at all is told that, not what is wrong with it. */
export function expectedOfBad({ endpoint }: Case, { role }: Caller, status: number): number {
  const { access } = endpointOf(endpoint)
  if (access === 'public') return status
  if (role === null) return 401
  return isProjectAction(access) || decide(role, access) === 'allow' ? status : 403
}

export function endpointOf(name: string): Endpoint {
  const endpoint = ENDPOINTS[name]
  if (!endpoint) throw new Error(`there is no endpoint ${name}`)
  return endpoint
}

let made = 0
const fresh = (word: string) => `${word}-${++made}`
const mayUse = (caller: Caller, endpoint: string) => [200, 202].includes(expectedStatus({ endpoint } as Case, caller))
const OWNER = '?owner=olga'
const DAILY = { cron: '0 3 * * *' }
const HOOK = `/api/projects/sample/hook${OWNER}`
const CREDENTIAL = { host: 'git.example', username: 'olga-git', token: 'not-a-real-token' }

function readyPath({ ready }: World): string {
  const { name, branch, ai_provider, ai_model } = ready
  return `/api/projects/${variantPath({ name, branch, provider: ai_provider, model: ai_model })}`
}

/** A stopped variant of olga's, made for a caller who may delete it; the lasting one for the others. */
async function stopped(endpoint: string, caller: Caller, world: World): Promise<string> {
  if (!mayUse(caller, endpoint)) return readyPath(world)
  const path = await world.startEndless(fresh('gone'))
  await world.ask(world.owner, `${path}/abort`, { method: 'POST', body: {} })
  return path
}

async function running(endpoint: string, caller: Caller, world: World): Promise<string> {
  return mayUse(caller, endpoint) ? await world.startEndless(fresh('run')) : readyPath(world)
}

/** Address of a new hook of olga's project; every earlier one is void. */
async function newHook(world: World): Promise<string> {
  const body = { needs_signature: false }
  const answer = await world.ask(world.owner, HOOK, { method: 'POST', body })
  return createdHookSchema.parse(answer.json).path
}

const projectOf = (variantPath: string) => variantPath.split('/').slice(0, 4).join('/')

export const CASES: Case[] = [
  { endpoint: 'health', path: () => '/health' },
  { endpoint: 'listModels', path: () => '/api/models' },
  { endpoint: 'openApi', path: () => '/api/openapi.json' },
  {
    endpoint: 'login',
    path: () => '/api/auth/login',
    body: (caller) => ({
      username: caller.username || 'nobody',
      api_key: caller.headers.authorization?.slice(7) ?? 'x',
    }),
    ok: (caller) => (caller.role === null ? 401 : 200),
    bad: [
      { body: {}, status: 422 },
      { body: [], status: 422 },
      { body: 'null', status: 422 },
      { body: { username: 'olga', api_key: 1 }, status: 422 },
      { body: { username: 'olga', api_key: 'x', more: 1 }, status: 422 },
      { body: '{"username":', status: 400 },
      { body: '{}', headers: { 'content-type': 'text/plain' }, status: 400 },
      { body: '{}', headers: { origin: 'https://evil.example' }, status: 403 },
      { body: `"${'x'.repeat(65_536)}"`, status: 413 },
    ],
  },
  { endpoint: 'me', path: () => '/api/auth/me' },
  { endpoint: 'logout', path: () => '/api/auth/logout', body: () => ({}) },
  {
    endpoint: 'rotateOwnKey',
    path: () => '/api/auth/rotate-key',
    // The key they have already, so that they stay who they are.
    body: (caller) => ({ new_key: caller.headers.authorization?.slice(7) ?? 'sixteen-characters' }),
    ok: (caller) => (caller.username === 'admin' ? 400 : 200),
    bad: [
      { body: { new_key: 'short' }, status: 422 },
      { body: { new_key: 'has a space, so no header' }, status: 422 },
    ],
  },
  { endpoint: 'listCredentials', path: () => '/api/credentials' },
  {
    endpoint: 'setCredential',
    path: () => '/api/credentials',
    body: () => CREDENTIAL,
    bad: [
      { body: {}, status: 422 },
      { body: { ...CREDENTIAL, host: 'ftp://git.example' }, status: 422 },
      { body: { ...CREDENTIAL, username: 'a:b' }, status: 422 },
      { body: { ...CREDENTIAL, token: 'two\nlines' }, status: 422 },
    ],
  },
  {
    endpoint: 'removeCredential',
    async path(caller, world) {
      await world.ask(caller, '/api/credentials', { method: 'POST', body: CREDENTIAL })
      return `/api/credentials?host=${CREDENTIAL.host}`
    },
    bad: [
      { path: '/api/credentials', status: 422 },
      { path: '/api/credentials?host=absent.example', status: 404 },
    ],
  },
  { endpoint: 'listUsers', path: () => '/api/admin/users' },
  {
    endpoint: 'createUser',
    path: () => '/api/admin/users',
    body: () => ({ username: fresh('user'), role: 'viewer' }),
    bad: [
      { body: {}, status: 422 },
      { body: { username: 'x' }, status: 422 },
      { body: { username: 'Admin' }, status: 422 },
      { body: { username: 'fine', role: 'king' }, status: 422 },
      { body: { username: 'OLGA' }, status: 409 },
    ],
  },
  {
    endpoint: 'removeUser',
    path: async (caller, world) => {
      const username = fresh('leaver')
      if (mayUse(caller, 'removeUser')) await world.addUser(username)
      return `/api/admin/users/${username}`
    },
    bad: [
      { path: '/api/admin/users/admin', status: 400 },
      { path: '/api/admin/users/nobody', status: 404 },
    ],
  },
  {
    endpoint: 'rotateUserKey',
    path: () => '/api/admin/users/rosa/rotate-key',
    body: () => ({}),
    bad: [
      { body: { new_key: 'short' }, status: 422 },
      { path: '/api/admin/users/admin/rotate-key', body: {}, status: 400 },
      { path: '/api/admin/users/nobody/rotate-key', body: {}, status: 404 },
    ],
  },
  { endpoint: 'listProjects', path: () => '/api/projects' },
  { endpoint: 'listStatus', path: () => '/api/status' },
  { endpoint: 'getCost', path: () => '/api/cost', bad: [{ path: '/api/cost?month=2026-13', status: 422 }] },
  {
    endpoint: 'estimate',
    path: () => '/api/estimate',
    // Nothing answers there, so that every estimate ends at once.
    body: () => ({ repo_url: `http://127.0.0.1:1/${fresh('estimate')}` }),
    ok: () => 502,
    bad: [
      { body: {}, status: 422 },
      { body: { repo_url: 'file:///etc' }, status: 400 },
      { body: { repo_url: 'https://github.com/a/b', ai_provider: 'nobody' }, status: 422 },
    ],
  },
  {
    endpoint: 'getCostOfAll',
    path: () => '/api/admin/cost?month=2026-11',
    bad: [{ path: '/api/admin/cost?month=now', status: 422 }],
  },
  {
    endpoint: 'getVariantCost',
    path: (_, world) => `${readyPath(world)}/cost${OWNER}`,
    bad: badVariants('/cost'),
  },
  {
    endpoint: 'generate',
    path: () => '/api/generate',
    body: (_, world) => ({ repo_url: world.silentRepository(fresh('new')) }),
    bad: [
      { body: {}, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', repo_path: '/tmp' }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', branch: '../x' }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', branch: '-x' }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', branch: 'a\u0007' }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', ai_provider: 'nobody' }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', ai_cli_timeout: 0 }, status: 422 },
      { body: { repo_url: 'https://github.com/a/b', force: 'yes' }, status: 422 },
      { body: { repo_url: 'file:///etc' }, status: 400 },
      { body: { repo_url: 'not an address' }, status: 400 },
      { body: { repo_path: '/nowhere' }, status: 400 },
    ],
  },
  {
    endpoint: 'getVariantById',
    path: (_, { ready }) => `/api/projects/by-id/${ready.generation_id}`,
    bad: [
      { path: '/api/projects/by-id/not-a-uuid', status: 400 },
      { path: '/api/projects/by-id/00000000-0000-4000-8000-000000000000', status: 404 },
    ],
  },
  { endpoint: 'getProject', path: () => `/api/projects/sample${OWNER}`, bad: absentIn('/api/projects/absent') },
  {
    endpoint: 'removeProject',
    path: async (caller, world) => `${projectOf(await stopped('removeProject', caller, world))}${OWNER}`,
    bad: [{ path: '/api/projects/sample', status: 400 }, ...absentIn(`/api/projects/absent${OWNER}`)],
  },
  {
    endpoint: 'abortProject',
    path: async (caller, world) => `${projectOf(await running('abortProject', caller, world))}/abort${OWNER}`,
    body: () => ({}),
    bad: [{ path: `/api/projects/sample/abort${OWNER}`, status: 404 }, ...absentIn('/api/projects/absent/abort')],
  },
  {
    endpoint: 'downloadProject',
    path: () => `/api/projects/sample/download${OWNER}`,
    bad: absentIn('/api/projects/absent/download'),
  },
  {
    endpoint: 'getVariant',
    path: (_, world) => `${readyPath(world)}${OWNER}`,
    bad: [
      ...badVariants(''),
      { path: `/api/projects/sample/main/builtin/static?owner=${'x'.repeat(51)}`, status: 422 },
    ],
  },
  {
    endpoint: 'removeVariant',
    path: async (caller, world) => `${await stopped('removeVariant', caller, world)}${OWNER}`,
    bad: [{ path: '/api/projects/sample/main/builtin/static', status: 400 }, ...badVariants('')],
  },
  {
    endpoint: 'abortVariant',
    path: async (caller, world) => `${await running('abortVariant', caller, world)}/abort${OWNER}`,
    body: () => ({}),
    bad: [{ path: '/api/projects/sample/feature~2Flamps/builtin/static/abort', status: 409 }, ...badVariants('/abort')],
  },
  {
    endpoint: 'resumeVariant',
    path: (_, world) => `${readyPath(world)}/resume${OWNER}`,
    body: () => ({}),
    // It is finished: whoever may resume is told that there is nothing to resume.
    ok: () => 409,
    bad: badVariants('/resume'),
  },
  {
    endpoint: 'downloadVariant',
    path: (_, world) => `${readyPath(world)}/download${OWNER}`,
    bad: badVariants('/download'),
  },
  { endpoint: 'listRuns', path: (_, world) => `${readyPath(world)}/runs${OWNER}`, bad: badVariants('/runs') },
  {
    endpoint: 'compareRuns',
    path: (_, world) => `${readyPath(world)}/changes${OWNER}&from=${world.ready.run_id}&to=${world.ready.run_id}`,
    bad: [
      { path: '/api/projects/sample/feature~2Flamps/builtin/static/changes?from=none&to=none', status: 404 },
      ...badVariants('/changes'),
    ],
  },
  {
    endpoint: 'listRunEvents',
    path: (_, world) => `${readyPath(world)}/runs/${world.ready.run_id}/events${OWNER}&after=2`,
    bad: [
      { path: '/api/projects/sample/feature~2Flamps/builtin/static/runs/none/events', status: 404 },
      { path: '/api/projects/sample/feature~2Flamps/builtin/static/runs/none/events?after=-1', status: 422 },
      { path: '/api/projects/sample/feature~2Flamps/builtin/static/runs/none/events?after=x', status: 422 },
    ],
  },
  { endpoint: 'listSchedules', path: () => '/api/schedules' },
  {
    endpoint: 'getSchedule',
    path: (_, world) => `${readyPath(world)}/schedule${OWNER}`,
    bad: badVariants('/schedule'),
  },
  {
    endpoint: 'setSchedule',
    path: (_, world) => `${readyPath(world)}/schedule${OWNER}`,
    body: () => DAILY,
    bad: [
      { body: {}, status: 422 },
      { body: { cron: '' }, status: 422 },
      { body: { cron: 3 }, status: 422 },
      { body: { ...DAILY, time_zone: 'x'.repeat(65) }, status: 422 },
      { body: { ...DAILY, at: 'once' }, status: 422 },
      { path: `/api/projects/absent/main/builtin/static/schedule${OWNER}`, body: DAILY, status: 404 },
    ],
  },
  {
    endpoint: 'removeSchedule',
    path: async (_, world) => {
      await world.ask(world.owner, `${readyPath(world)}/schedule`, { method: 'POST', body: DAILY })
      return `${readyPath(world)}/schedule${OWNER}`
    },
    bad: badVariants('/schedule'),
  },
  ...STEERING_CASES,
  { endpoint: 'getHook', path: () => HOOK, bad: absentIn(`/api/projects/absent/hook${OWNER}`) },
  {
    endpoint: 'createHook',
    path: () => HOOK,
    body: () => ({}),
    bad: [{ body: { needs_signature: 'no' }, status: 422 }, ...absentIn(`/api/projects/absent/hook${OWNER}`)],
  },
  {
    endpoint: 'removeHook',
    path: async (_, world) => {
      await newHook(world)
      return HOOK
    },
    bad: absentIn(`/api/projects/absent/hook${OWNER}`),
  },
  {
    endpoint: 'receiveDelivery',
    path: (_, world) => newHook(world),
    body: () => ({ branch: 'nowhere' }),
    bad: [
      { path: '/api/hooks/absent', status: 404 },
      { body: '{"branch":', status: 400 },
      { body: {}, headers: { 'x-gitlab-token': 'wrong' }, status: 403 },
    ],
  },
  {
    endpoint: 'listAccess',
    path: () => `/api/admin/projects/sample/access${OWNER}`,
    bad: [
      { path: '/api/admin/projects/sample/access', status: 400 },
      ...absentIn(`/api/admin/projects/absent/access${OWNER}`),
    ],
  },
  {
    endpoint: 'grantAccess',
    path: () => '/api/admin/projects/sample/access',
    body: () => ({ username: 'vera', owner: 'olga' }),
    bad: [
      { body: { username: 'vera' }, status: 400 },
      { body: { owner: 'olga' }, status: 422 },
      { body: { username: 'nobody', owner: 'olga' }, status: 404 },
      { path: '/api/admin/projects/absent/access', body: { username: 'vera', owner: 'olga' }, status: 404 },
    ],
  },
  {
    endpoint: 'revokeAccess',
    path: async (caller, world) => {
      const body = { username: 'emil', owner: 'olga' }
      if (mayUse(caller, 'revokeAccess'))
        await world.ask(world.admin, '/api/admin/projects/sample/access', { method: 'POST', body })
      return `/api/admin/projects/sample/access/emil${OWNER}`
    },
    bad: [
      { path: '/api/admin/projects/sample/access/vera', status: 400 },
      { path: `/api/admin/projects/sample/access/nobody${OWNER}`, status: 404 },
    ],
  },
  { endpoint: 'listGrants', path: () => '/api/admin/grants' },
  { endpoint: 'refreshModels', path: () => '/api/admin/models' },
  { endpoint: 'getQueue', path: () => '/api/admin/queue' },
  { endpoint: 'getSettings', path: () => '/api/admin/settings' },
]

function absentIn(path: string) {
  return [{ path, status: 404 }]
}

/** `end` follows the variant. */
function badVariants(end: string) {
  return [
    { path: `/api/projects/absent/main/builtin/static${end}${OWNER}`, status: 404 },
    { path: `/api/projects/sample/..~2Fx/builtin/static${end}${OWNER}`, status: 422 },
    { path: `/api/projects/sample/-x/builtin/static${end}${OWNER}`, status: 422 },
    { path: `/api/projects/sample/a%07/builtin/static${end}${OWNER}`, status: 422 },
  ]
}
