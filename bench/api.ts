import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { finishRun, startRun } from '#db/queries/runs.ts'
import { outcome, startInput } from '#lib/testing/stored-variant.ts'
import { type ServerProcess, startServerProcess } from '../e2e/server-process.ts'

const VARIANTS = 500
const OWNERS = 5
const PER_SECOND = 100
const SECONDS = 15
const WRITES_PER_SECOND = 10
const TARGET = { p99Ms: 200 }

interface Measured {
  isKept: boolean
  p99Ms: number
  failed: number
}

interface Load {
  title: string
  writesPerSecond: number
  headers: Record<string, string>
}

/** `npm run bench -- api`: the list of 500 variants at 100 requests a second, also while things are being written. */
export async function run(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-'))
  await fillList(folder)
  const server = await startServerProcess({ DATA_DIR: folder, LOG_LEVEL: 'error' })
  const gzip = { 'accept-encoding': 'gzip' }
  const loads: Load[] = [
    { title: 'nothing is written', writesPerSecond: 0, headers: {} },
    { title: `${WRITES_PER_SECOND} writes a second`, writesPerSecond: WRITES_PER_SECOND, headers: {} },
    { title: `${WRITES_PER_SECOND} writes a second, gzip`, writesPerSecond: WRITES_PER_SECOND, headers: gzip },
  ]
  try {
    const busy = (loadavg()[0] ?? 0) / availableParallelism()
    console.log(`\nThis machine had ${busy.toFixed(1)} programs waiting for each core before this started`)
    console.log(`GET /api/projects with ${VARIANTS} variants, ${PER_SECOND} requests a second for ${SECONDS} s`)
    console.log(`  ${'load'.padEnd(28)}   p50 ms   p99 ms   max ms  failed  kB each   target p99 ms`)
    const kept: boolean[] = []
    for (const load of loads) kept.push((await measureList(server, load)).isKept)
    return kept.every(Boolean)
  } finally {
    await server.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the database of a server with 500 variants of five owners. */
export async function fillList(dataDir: string): Promise<void> {
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: 'only-while-filling-it' })
  delete process.env.DATABASE_URL
  await migrateDatabase()
  for (let n = 0; n < VARIANTS; n += 1) {
    const started = await startRun(
      startInput(`owner-${n % OWNERS}`, `project-${Math.floor(n / 2)}`, { branch: `b${n}` }),
    )
    if (started) await finishRun(started.runId, outcome({ warnings: [`A remark about ${n} that a person may read`] }))
  }
  await closeDatabase()
}

/** Asks for the list at a fixed pace and prints what it took. */
export async function measureList(server: ServerProcess, { title, writesPerSecond, headers }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const get = {
    method: 'GET',
    path: '/api/projects',
    headers: { authorization: `Bearer ${server.adminKey}`, ...headers },
  }
  const login = { method: 'POST', path: '/api/auth/login', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ username: 'admin', api_key: server.adminKey })
  await Promise.all(Array.from({ length: 20 }, () => ask({ server, agent, ...get })))
  const answers: Promise<Answer>[] = []
  const writes: Promise<Answer>[] = []
  const startMs = performance.now()
  for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
    const dueMs = startMs + (n * 1000) / PER_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    // Measured from when it was due, so that a server that falls behind cannot hide it.
    answers.push(ask({ server, agent, dueMs, ...get }))
    if (writesPerSecond > 0 && n % (PER_SECOND / writesPerSecond) === 0)
      writes.push(ask({ server, agent, body, ...login }))
  }
  const measured = await Promise.all(answers)
  await Promise.all(writes)
  agent.destroy()
  return print(title, measured)
}

interface Answer {
  status: number
  ms: number
  bytes: number
}

interface Asked {
  server: ServerProcess
  agent: Agent
  method: string
  path: string
  headers: Record<string, string>
  body?: string
  dueMs?: number
}

function ask({ server, agent, dueMs = performance.now(), body, ...options }: Asked): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const answer = (status: number, bytes: number) => resolve({ status, ms: performance.now() - dueMs, bytes })
  const { hostname, port } = new URL(server.url)
  const asked = request({ hostname, port, agent, ...options }, (response) => {
    let bytes = 0
    response.on('data', (chunk) => {
      bytes += chunk.length
    })
    response.on('end', () => answer(response.statusCode ?? 0, bytes))
    response.on('error', () => answer(0, bytes))
  })
  asked.on('error', () => answer(0, 0))
  asked.end(body)
  return promise
}

function print(title: string, answers: Answer[]): Measured {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const failed = answers.filter(({ status }) => status !== 200).length
  const kb = (answers[0]?.bytes ?? 0) / 1000
  const isKept = failed === 0 && at(0.99) <= TARGET.p99Ms
  const columns = [at(0.5).toFixed(1), at(0.99).toFixed(1), at(1).toFixed(1)].map((text) => text.padStart(9))
  const rest = `${String(failed).padStart(8)}${kb.toFixed(0).padStart(9)}${String(TARGET.p99Ms).padStart(16)}`
  console.log(`  ${title.padEnd(28)}${columns.join('')}${rest}${isKept ? '' : ' — TARGET MISSED'}`)
  return { isKept, p99Ms: at(0.99), failed }
}
