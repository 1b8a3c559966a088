import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { freePort } from '#lib/testing/free-port.ts'

const START_WITHIN_MS = 10_000
const CHECKOUT = join(import.meta.dirname, '..', '..')

export interface RunningProxy {
  name: string
  /** `host:port` people would open. */
  host: string
  /** What the proxy has written, logs included. */
  written(): Promise<string>
  stop(): Promise<void>
}

export interface ProxyPlace {
  /** Everything of the proxy is written here. */
  folder: string
  /** `host:port` of our server. */
  upstream: string
  /** How long nginx waits for each part of an answer where README's lines leave that to its default of a minute. */
  readTimeout?: string
}

/** Why nginx cannot be tried here; null when it can. `npm test` brings it in where that is possible. */
export function whyNoNginx(): string | null {
  const missing = ['nginx', 'openssl'].filter((name) => !findProgram(name))
  if (missing.length > 0) return `${missing.join(' and ')} is not installed: apt-get install nginx-light openssl`
  const { status, stderr } = spawnSync(findProgram('nginx') ?? '', ['-v'], { encoding: 'utf8' })
  return status === 0 ? null : `nginx does not run here: ${stderr}`
}

/** nginx with the lines README gives, in which only names, ports and certificate are replaced. */
export async function startNginx({ folder, upstream, readTimeout = '60s' }: ProxyPlace): Promise<RunningProxy> {
  const host = `127.0.0.1:${await freePort()}`
  const [certificate, privateKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '1', '-keyout', privateKey, '-out', certificate]
  await promisify(execFile)(findProgram('openssl') ?? 'openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...subject,
  ])
  const lines = (await linesOfReadme('nginx'))
    .replace('listen 443 ssl', `listen ${host} ssl`)
    .replace('server_name docs.example.com', 'server_name 127.0.0.1')
    .replace('/etc/ssl/docs.example.com.pem', certificate)
    .replace('/etc/ssl/docs.example.com.key', privateKey)
    .replaceAll('127.0.0.1:8000', upstream)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const logs = [join(folder, 'access.log'), join(folder, 'error.log')]
  const http = `http { access_log ${logs[0]}; proxy_read_timeout ${readTimeout}; ${paths.join(' ')}\n${lines}\n}`
  // Without `user`, the worker of a root process could not use the folder; of others, the line is ignored with a warning.
  const head = `daemon off; user root; pid ${folder}/nginx.pid; error_log ${logs[1]} info; events {}`
  await writeFile(join(folder, 'nginx.conf'), `${head}\n${http}\n`)
  const args = ['-p', folder, '-e', logs[1] ?? '', '-c', join(folder, 'nginx.conf')]
  const started = await startProgram('nginx', args, { host, folder })
  const written = async () => (await Promise.all(logs.map((path) => readFile(path, 'utf8')))).join('')
  return { name: 'nginx', host, stop: started.stop, written }
}

/** Caddy, in the same way. */
export async function startCaddy({ folder, upstream }: ProxyPlace): Promise<RunningProxy> {
  const host = `127.0.0.1:${await freePort()}`
  const lines = (await linesOfReadme('caddyfile'))
    .replace('docs.example.com', `https://${host}`)
    .replace('127.0.0.1:8000', upstream)
  const options = '{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}'
  await writeFile(join(folder, 'Caddyfile'), `${options}\n${lines}\n`)
  const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
  const started = await startProgram('caddy', args, { host, folder })
  return { name: 'Caddy', host, stop: started.stop, written: async () => started.output() }
}

async function linesOfReadme(language: string): Promise<string> {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(
    await readFile(join(CHECKOUT, 'README.md'), 'utf8'),
  )?.[1]
  if (!found) throw new Error(`README shows no lines for ${language}`)
  return found
}

async function startProgram(name: string, args: string[], { host, folder }: { host: string; folder: string }) {
  const program = findProgram(name)
  if (!program) throw new Error(`${name} is not installed: apt-get install nginx-light caddy openssl`)
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`${name} could not be started: ${error.message}`))
    child.on('exit', () => resolve(`${name} ended at once:\n${output}`))
  })
  const deadlineMs = performance.now() + START_WITHIN_MS
  while (!(await answers(host))) {
    const problem = await Promise.race([ended, wait(50)])
    if (!problem && performance.now() < deadlineMs) continue
    child.kill('SIGTERM')
    throw new Error(problem || `${name} does not get ready`)
  }
  return {
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Whether somebody speaks TLS there. */
function answers(host: string): Promise<boolean> {
  const [hostname = '', port] = host.split(':')
  return new Promise((resolve) => {
    const socket = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => resolve(true))
    socket.on('secureConnect', () => socket.end())
    socket.on('error', () => resolve(false))
  })
}

function findProgram(name: string): string | null {
  const unpacked = ['sbin', 'bin'].map((folder) => join(CHECKOUT, '.setup', 'programs', 'usr', folder))
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', ...unpacked]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
