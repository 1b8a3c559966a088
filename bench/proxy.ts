import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { WebSocket } from 'ws'
import { freePort, type ServerProcess, startServerProcess } from '../e2e/server-process.ts'

/** Longer than any proxy keeps a connection without traffic by default: only pings can keep it open. */
const IDLE_MS = 65_000
const START_WITHIN_MS = 10_000

interface Proxy {
  name: string
  /** `host:port` people would open. */
  host: string
  /** What the proxy has written, logs included. */
  written(): Promise<string>
  stop(): Promise<void>
}

/** `npm run bench -- proxy`: the lines of README for nginx and Caddy, with only names, ports and certificate replaced. */
export async function run(): Promise<boolean> {
  const readme = await readFile('README.md', 'utf8')
  const results: boolean[] = []
  for (const start of [startNginx, startCaddy]) {
    const server = await startServerProcess({ TRUST_PROXY: 'true' })
    const folder = await mkdtemp(join(tmpdir(), 'docsfy-proxy-'))
    try {
      const proxy = await start({ readme, folder, upstream: new URL(server.url).host })
      results.push(await check(proxy, server))
    } finally {
      await server.remove()
      await rm(folder, { recursive: true, force: true })
    }
  }
  return results.every(Boolean)
}

async function check(proxy: Proxy, server: ServerProcess): Promise<boolean> {
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

function login({ host, username, key, headers }: Login): Promise<{ status: number; cookie: string }> {
  const own = { 'content-type': 'application/json', origin: `https://${host}` }
  return new Promise((resolve, reject) => {
    const sent = request(
      `https://${host}/api/auth/login`,
      { method: 'POST', headers: { ...headers, ...own }, rejectUnauthorized: false },
      (response) => {
        response.resume()
        resolve({ status: response.statusCode ?? 0, cookie: response.headers['set-cookie']?.join() ?? '' })
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify({ username, api_key: key }))
  })
}

interface Start {
  readme: string
  folder: string
  upstream: string
}

async function startNginx({ readme, folder, upstream }: Start): Promise<Proxy> {
  const host = `127.0.0.1:${await freePort()}`
  const [certificate, privateKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '1', '-keyout', privateKey, '-out', certificate]
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject])
  const lines = block(readme, 'nginx')
    .replace('listen 443 ssl', `listen ${host} ssl`)
    .replace('server_name docs.example.com', 'server_name 127.0.0.1')
    .replace('/etc/ssl/docs.example.com.pem', certificate)
    .replace('/etc/ssl/docs.example.com.key', privateKey)
    .replaceAll('127.0.0.1:8000', upstream)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const logs = [join(folder, 'access.log'), join(folder, 'error.log')]
  const http = `http { access_log ${logs[0]}; ${paths.join(' ')}\n${lines}\n}`
  const head = `daemon off; pid ${folder}/nginx.pid; error_log ${logs[1]} info; events {}`
  await writeFile(join(folder, 'nginx.conf'), `${head}\n${http}\n`)
  const started = await startProgram('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { host, folder })
  const written = async () => (await Promise.all(logs.map((path) => readFile(path, 'utf8')))).join('')
  return { name: 'nginx', host, stop: started.stop, written }
}

async function startCaddy({ readme, folder, upstream }: Start): Promise<Proxy> {
  const host = `127.0.0.1:${await freePort()}`
  const lines = block(readme, 'caddyfile')
    .replace('docs.example.com', `https://${host}`)
    .replace('127.0.0.1:8000', upstream)
  const options = '{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}'
  await writeFile(join(folder, 'Caddyfile'), `${options}\n${lines}\n`)
  const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
  const started = await startProgram('caddy', args, { host, folder })
  return { name: 'Caddy', host, stop: started.stop, written: async () => started.output() }
}

async function startProgram(name: string, args: string[], { host, folder }: { host: string; folder: string }) {
  const env = {
    ...process.env,
    PATH: `${process.env.PATH}:/usr/sbin`,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  }
  const child = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  const ended = new Promise<string>((resolve) => {
    child.on('error', () => resolve(`${name} is not installed: apt-get install nginx-light caddy`))
    child.on('exit', () => resolve(`${name} ended at once:\n${output}`))
  })
  const deadlineMs = performance.now() + START_WITHIN_MS
  while (!(await answers(host))) {
    const problem = await Promise.race([ended, wait(100)])
    if (problem || performance.now() > deadlineMs) throw new Error(problem || `${name} does not get ready`)
  }
  return {
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(`https://${host}/health`, { rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    sent.on('error', () => resolve(false))
    sent.end()
  })
}

/** The lines README shows for a program. */
function block(readme: string, language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1]
  if (!found) throw new Error(`README shows no lines for ${language}`)
  return found
}
