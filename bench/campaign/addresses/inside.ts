/** Runs in a network of its own, where public and forbidden addresses are all on this machine and names are ours. */

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDocsfyError } from '#lib/errors.ts'
import { fetchRepository } from '#lib/git/fetch-repository.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { type Canary, startCanary } from './canary.ts'
import { serveNames } from './name-server.ts'
import { FORGE, OTHER_FORGE, ZONE } from './places.ts'
import { redirecting, type Vector, vectorsFor } from './vectors.ts'

const ENGINES = ['builtin', 'system'] as const
const FETCH_MS = 10_000
const CONTROL_MS = 4_000
const CONTROLS_AT_ONCE = 4

export interface Findings {
  vectors: number
  /** Addresses that led to a connection with a forbidden place, by our code. */
  reached: string[]
  /** Refusals that are not ours, or tell an address somebody else chose. */
  unclear: string[]
  /** How many vectors of each kind reach a forbidden place with plain git. */
  control: Record<Vector['kind'], number>
  /** What became of a redirect from one public server to another, by engine. */
  allowed: Record<string, string>
}

const folder = await mkdtemp(join(tmpdir(), 'docsfy-addresses-'))
const stopNames = await serveNames(ZONE)
const repository = await createTempRepository({ files: { 'README.md': '# Sample\n' } })
const git = await serveGit(repository.root, { host: FORGE })
const shared = Number(new URL(git.url).port)
const front = await startRedirecting()
const ports = { shared, redirecting: (front.address() as AddressInfo).port }
const canary = await startCanary(shared)
try {
  const vectors = vectorsFor(ports)
  const findings: Findings = {
    vectors: vectors.length,
    ...(await attack(vectors, canary)),
    control: await tryControl(vectors, canary),
    allowed: await tryAllowed(),
  }
  process.send?.(findings)
} finally {
  canary.close()
  front.close()
  front.closeAllConnections()
  await git.close()
  await repository.remove()
  await stopNames()
  await rm(folder, { recursive: true, force: true })
  process.disconnect?.()
}

/** `/STATUS/TARGET/…` is redirected to TARGET and what follows. */
async function startRedirecting(): Promise<Server> {
  const server = createServer((request, response) => {
    const [, status = '', target = '', ...rest] = (request.url ?? '').split('/')
    const location = [Buffer.from(target, 'base64url').toString(), ...rest].join('/')
    response.writeHead(Number(status), { location }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, FORGE, resolve))
  return server
}

async function attack(vectors: Vector[], canary: Canary) {
  const reached: string[] = []
  const unclear: string[] = []
  for (const engine of ENGINES)
    for (const { kind, url } of vectors) {
      const told = await fetchOnce(url, engine)
      const hits = canary.hits()
      if (hits.length > 0) reached.push(`${engine} ${url} → ${hits.join(', ')}`)
      if (kind !== 'rebinding' && !told.startsWith('refused_address ')) unclear.push(`${engine} ${url}: ${told}`)
      if (kind === 'name' && /\d+\.\d+\.\d+\.\d+|::/.test(told)) unclear.push(`${engine} ${url} tells: ${told}`)
    }
  return { reached, unclear }
}

/** Code and sentence of the failure, or `fetched`. */
async function fetchOnce(url: string, engine: (typeof ENGINES)[number], name = 'store.git'): Promise<string> {
  const storeDir = join(folder, engine, name)
  const ssh = { keyFile: '/nonexistent', knownHostsFile: '/nonexistent' }
  try {
    await fetchRepository({
      url,
      branch: null,
      storeDir,
      limits: { maxRepoBytes: 1e7, maxRepoFiles: 100, cloneTimeoutMs: FETCH_MS },
      network: { allowedHosts: [], allowPrivateHosts: false, engine, ssh },
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    return 'fetched'
  } catch (error) {
    return isDocsfyError(error) ? `${error.code} ${error.message}` : String(error)
  } finally {
    await rm(storeDir, { recursive: true, force: true })
  }
}

/** The same addresses with git as it comes: what is reached here shows that the guard is what keeps us away. */
async function tryControl(vectors: Vector[], canary: Canary): Promise<Findings['control']> {
  const found = { spelling: 0, name: 0, rebinding: 0, redirect: 0, form: 0 }
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'ext:git:http:https:ssh:ftp',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=2',
  } as unknown as NodeJS.ProcessEnv
  for (const kind of Object.keys(found) as Vector['kind'][]) {
    const left = vectors.filter((vector) => vector.kind === kind)
    const work = async () => {
      for (let vector = left.shift(); vector; vector = left.shift()) {
        const args = ['-c', 'http.followRedirects=true', 'ls-remote', vector.url]
        await new Promise((resolve) => execFile('git', args, { env, timeout: CONTROL_MS }, resolve))
        if (kind === 'rebinding')
          await new Promise((resolve) => execFile('git', args, { env, timeout: CONTROL_MS }, resolve))
      }
    }
    await Promise.all(Array.from({ length: CONTROLS_AT_ONCE }, work))
    found[kind] = canary.hits().length
  }
  return found
}

/** From one public host to another, renamed as forges do. */
async function tryAllowed(): Promise<Record<string, string>> {
  const other = await serveGit(repository.root, { host: OTHER_FORGE })
  const target = `${other.url.replace(OTHER_FORGE, 'other.test')}/sample`
  const told: Record<string, string> = {}
  for (const engine of ENGINES) told[engine] = await fetchOnce(redirecting(ports, 301, target), engine)
  await other.close()
  return told
}
