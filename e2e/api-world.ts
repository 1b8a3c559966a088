import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import type { Relation } from '#lib/auth/permissions.ts'
import { SESSION_COOKIE } from '#lib/auth/sessions.ts'
import type { Role } from '#lib/domain/kinds.ts'
import { createUserResponseSchema, generateResponseSchema, rotateKeyResponseSchema } from '#lib/domain/responses.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { type Answer, type Sent, send } from './api-client.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export const SLASHED = 'feature/lamps'

/** Who calls. `role` null: nobody the server knows. */
export interface Caller {
  title: string
  username: string
  role: Role | null
  /** To everything olga owns. */
  relation: Relation
  headers: Record<string, string>
}

/** A server with a project of olga's in several states, and one caller of every kind. */
export interface World {
  server: ServerProcess
  callers: Caller[]
  admin: Caller
  owner: Caller
  /** The ready variant of olga's project, on a branch with a slash. */
  ready: VariantRow
  ask(caller: Caller | null, path: string, sent?: Sent): Promise<Answer>
  /** Makes an account and answers its key. */
  addUser(username: string, role?: Role): Promise<string>
  /** Address of a repository whose server never answers. */
  silentRepository(name: string): string
  /** Starts a generation of olga's that stays in `cloning`; answers its path. */
  startEndless(name: string): Promise<string>
  remove(): Promise<void>
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

export async function createWorld(): Promise<World> {
  const silent = await startSilentServer()
  const repository = await createTempRepository({ files: SAMPLE_FILES })
  await repository.git('branch', SLASHED)
  const git = await serveGit(repository.root)
  const server = await startServerProcess({
    TRUST_PROXY: 'true',
    MAX_CONCURRENT_RUNS: '2',
    LOG_LEVEL: 'error',
  })
  const ask = (caller: Caller | null, path: string, sent: Sent = {}) =>
    send(server.url, path, { ...sent, headers: { ...caller?.headers, ...sent.headers } })
  const admin = caller('admin', 'admin', { role: 'admin', relation: 'none', headers: bearer(server.adminKey) })

  async function addUser(username: string, role: Role = 'user'): Promise<string> {
    const made = await ask(admin, '/api/admin/users', { method: 'POST', body: { username, role } })
    return createUserResponseSchema.parse(made.json).api_key
  }

  const owner = caller('owner', 'olga', { role: 'user', relation: 'owner', headers: bearer(await addUser('olga')) })
  const ready = await generateReady(ask, owner, `${git.url}/sample`)
  const callers = [
    admin,
    owner,
    await granted(caller('viewer with a grant', 'vera', await viewer('vera', 'granted'))),
    caller('viewer without a grant', 'vlad', await viewer('vlad', 'none')),
    await granted(caller('user with a grant', 'gina', await member('gina', 'granted'))),
    caller('other user', 'otto', await member('otto', 'none')),
    caller('nobody', '', { role: null, relation: 'none', headers: {} }),
    caller('expired session', 'emil', await expired('emil')),
    caller('rotated key', 'rosa', await rotated('rosa')),
  ]

  async function member(username: string, relation: Relation) {
    return { role: 'user' as const, relation, headers: bearer(await addUser(username)) }
  }
  async function viewer(username: string, relation: Relation) {
    return { role: 'viewer' as const, relation, headers: bearer(await addUser(username, 'viewer')) }
  }
  async function granted(to: Caller): Promise<Caller> {
    const body = { username: to.username, owner: 'olga' }
    await ask(admin, '/api/admin/projects/sample/access', { method: 'POST', body })
    return to
  }
  async function rotated(username: string) {
    const key = await addUser(username)
    const answer = await ask(admin, `/api/admin/users/${username}/rotate-key`, { method: 'POST', body: {} })
    rotateKeyResponseSchema.parse(answer.json)
    return { role: null, relation: 'none' as const, headers: bearer(key) }
  }
  async function expired(username: string) {
    const body = { username, api_key: await addUser(username) }
    const answer = await ask(null, '/api/auth/login', { method: 'POST', body })
    const database = createClient({ url: `file:${join(server.dataDir, 'docsfy.db')}`, timeout: 5000 })
    const args = [new Date(Date.now() - 1000).toISOString(), username]
    await database.execute({ sql: 'UPDATE sessions SET expires_at = ? WHERE username = ?', args })
    database.close()
    const headers = { cookie: cookieOf(answer), origin: server.url, 'content-type': 'application/json' }
    return { role: null, relation: 'none' as const, headers }
  }

  return {
    server,
    callers,
    admin,
    owner,
    ready,
    ask,
    addUser,
    silentRepository: (name) => `${silent.url}/org/${name}`,
    async startEndless(name) {
      const body = { repo_url: `${silent.url}/org/${name}` }
      const { project } = generateResponseSchema.parse(
        (await ask(owner, '/api/generate', { method: 'POST', body })).json,
      )
      return `/api/projects/${project}/main/builtin/static`
    },
    async remove() {
      await server.remove()
      silent.close()
      await git.close()
      await repository.remove()
    },
  }
}

/** The session cookie an answer sets, as a browser sends it back. */
export function cookieOf(answer: Answer): string {
  const set = answer.headers['set-cookie']?.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
  return set?.split(';', 1)[0] ?? ''
}

function caller(title: string, username: string, rest: Pick<Caller, 'role' | 'relation' | 'headers'>): Caller {
  return { title, username, ...rest }
}

async function generateReady(ask: World['ask'], owner: Caller, repoUrl: string): Promise<VariantRow> {
  const body = { repo_url: repoUrl, branch: SLASHED, repo_type: 'library' }
  const started = generateResponseSchema.parse((await ask(owner, '/api/generate', { method: 'POST', body })).json)
  const deadlineMs = performance.now() + 60_000
  for (;;) {
    const row = variantRowSchema.parse((await ask(owner, `/api/projects/by-id/${started.generation_id}`)).json)
    if (row.status === 'ready') return row
    if (row.status !== 'generating' || performance.now() > deadlineMs)
      throw new Error(`The sample is not ready: ${row.status} ${row.error_message}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Accepts connections and says nothing. */
async function startSilentServer(): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
