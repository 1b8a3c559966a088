import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type RunningProxy, startCaddy, startNginx } from '#lib/testing/reverse-proxy.ts'
import { type ServerProcess, startServerProcess } from '../e2e/server-process.ts'
import { send } from './proxy-request.ts'
import { checkWork } from './proxy-work.ts'

/** Longer than any proxy keeps a connection without traffic by default: only pings can keep it open. */
const IDLE_MS = 65_000

/** `npm run bench -- proxy`: the lines of README for nginx and Caddy, with only names, ports and certificate replaced. */
export async function run(): Promise<boolean> {
  const results: boolean[] = []
  for (const start of [startNginx, startCaddy]) {
    const server = await startServerProcess({ TRUST_PROXY: 'true' })
    const folder = await mkdtemp(join(tmpdir(), 'docsfy-proxy-'))
    try {
      const proxy = await start({ folder, upstream: new URL(server.url).host, readTimeout: '5s' })
      results.push(await check(proxy, server))
    } finally {
      await server.remove()
      await rm(folder, { recursive: true, force: true })
    }
  }
  return results.every(Boolean)
}

async function check(proxy: RunningProxy, server: ServerProcess): Promise<boolean> {
  const origin = `https://${proxy.host}`
  const key = { authorization: `Bearer ${server.adminKey}` }
  const cookie = await signIn(proxy.host, server.adminKey)
  const session = { cookie: cookie.split(';')[0] ?? '', origin }
  const watching = await connect(proxy.host, session)
  const token = await connect(proxy.host, { origin }, `?token=${server.adminKey}`)
  const idle = wait(IDLE_MS).then(() => watching.socket.readyState === WebSocket.OPEN)
  const checks: [string, boolean][] = [
    ['the session cookie is Secure', /; Secure/i.test(cookie)],
    ['the live feed opens with cookie and origin', watching.first === 'sync'],
    ['the live feed opens with ?token=', token.first === 'sync'],
    [
      'a foreign origin is refused',
      (await connect(proxy.host, { ...key, origin: 'https://evil.test' })).status === 403,
    ],
    [
      'a client cannot choose the host it is held against',
      (await connect(proxy.host, { ...key, origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' })).status ===
        403,
    ],
    ['a stranger is refused', (await connect(proxy.host, { origin })).status === 401],
    ...(await checkWork(proxy, server)),
    ['a client cannot choose its address', await addressesAreCounted(proxy.host, key)],
    [`an idle socket is open after ${IDLE_MS / 1000} s`, await idle],
  ]
  const closed = new Promise<number>((resolve) => watching.socket.on('close', resolve))
  const written = server.output()
  await server.stop()
  checks.push(['the end of the server reaches the client', (await closed) === 1001])
  await wait(500)
  await proxy.stop()
  const logs = (await proxy.written()) + written
  checks.push(['no key in any log', !logs.includes(server.adminKey)])
  console.log(`\n${proxy.name}`)
  for (const [what, holds] of checks) console.log(`  ${holds ? 'yes' : 'NO '}  ${what}`)
  return checks.every(([, holds]) => holds)
}

interface Attempt {
  socket: WebSocket
  /** Status of a refusal. */
  status: number | null
  /** Type of the first frame. */
  first: string | null
}

function connect(host: string, headers: Record<string, string>, query = ''): Promise<Attempt> {
  const socket = new WebSocket(`wss://${host}/api/ws${query}`, { headers, rejectUnauthorized: false })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, { statusCode }) =>
      resolve({ socket, status: statusCode ?? null, first: null }),
    )
    socket.on('error', reject)
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data)) as { type: string }
      if (type === 'ping') socket.send('{"type":"pong"}')
      resolve({ socket, status: null, first: type })
    })
  })
}

/** The eleventh failed login of one address is refused as such, whatever address it claims. */
async function addressesAreCounted(host: string, headers: Record<string, string>): Promise<boolean> {
  let status = 0
  for (let attempt = 0; attempt < 11; attempt += 1) {
    const claimed = { ...headers, 'x-forwarded-for': `10.0.0.${attempt}` }
    status = (await login({ host, username: `nobody${attempt}`, key: 'wrong-key-of-nobody', headers: claimed })).status
  }
  return status === 429
}

async function signIn(host: string, key: string): Promise<string> {
  const { status, cookie } = await login({ host, username: 'admin', key, headers: {} })
  if (status !== 200) throw new Error(`Signing in through the proxy answers ${status}`)
  return cookie
}

interface Login {
  host: string
  username: string
  key: string
  headers: Record<string, string>
}

async function login({ host, username, key, headers }: Login): Promise<{ status: number; cookie: string }> {
  const body = { username, api_key: key }
  const answer = await send(host, '/api/auth/login', { headers: { ...headers, origin: `https://${host}` }, body })
  return { status: answer.status, cookie: answer.headers['set-cookie']?.join() ?? '' }
}
