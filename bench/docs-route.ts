import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { whyNoNginx } from '#lib/testing/reverse-proxy.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { startServerProcess } from '../e2e/server-process.ts'
import { startNginxFolder } from './nginx-folder.ts'

const PAGE = 'getting-started.html'
const CONNECTIONS = 16
const ROUND_MS = 3000
const ROUNDS = 3
const LEAST_PER_SECOND = 1000
const MOST_P99_MS = 50

interface Target {
  name: string
  url: URL
  headers: string
}

interface Served {
  perSecond: number
  p99Ms: number
}

/**
 * `npm run bench -- docs-route`: requests a second and their delay for one page of a site, signed in, beside nginx serving
 * the same file from disk without asking who wants it. Needs the build; nginx comes from Debian (`nginx-light`).
 */
export async function run(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-docs-route-'))
  const dataDir = join(folder, 'data')
  const page = await fill(dataDir)
  const server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  const stops: (() => Promise<void>)[] = [server.remove]
  try {
    const key = `Authorization: Bearer ${server.adminKey}\r\n`
    const path = `/docs/~ann/lib/main/builtin/static/${PAGE}`
    const targets: Target[] = [
      { name: 'docsfy', url: new URL(path, server.url), headers: key },
      {
        name: 'docsfy, 304',
        url: new URL(path, server.url),
        headers: `${key}If-None-Match: ${await etagOf(server, path)}\r\n`,
      },
    ]
    const reason = whyNoNginx()
    if (reason) console.log(`nginx is left out: ${reason}`)
    else {
      const root = join(folder, 'root')
      await mkdir(root)
      await writeFile(join(root, PAGE), page)
      const nginx = await startNginxFolder(join(folder, 'nginx'), root)
      stops.push(nginx.stop)
      targets.push({ name: 'nginx', url: new URL(`/${PAGE}`, nginx.url), headers: '' })
    }
    return print(Buffer.byteLength(page), await measure(targets))
  } finally {
    for (const stop of stops) await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: 'only-while-filling-it' })
  delete process.env.DATABASE_URL
  await migrateDatabase()
  const site = await renderSite(sampleSite())
  const files = Object.fromEntries([...site].map(([path, file]) => [path, String(contentOf(file))]))
  await readyVariant('ann', 'lib', files)
  await closeDatabase()
  return files[PAGE] ?? ''
}

async function etagOf({ adminKey, url }: { adminKey: string; url: string }, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'accept-encoding': 'identity' }
  return (await fetch(new URL(path, url), { headers })).headers.get('etag') ?? ''
}

/** Rounds take turns, so that whatever else the machine does meets all alike; the median of each counts. */
async function measure(targets: Target[]): Promise<Map<string, Served>> {
  const rounds = new Map(targets.map(({ name }) => [name, [] as Served[]]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const target of targets) {
      const startedMs = performance.now()
      const delays = (await Promise.all(Array.from({ length: CONNECTIONS }, () => ask(target)))).flat()
      const seconds = (performance.now() - startedMs) / 1000
      const p99Ms = delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.99)] ?? 0
      rounds.get(target.name)?.push({ perSecond: delays.length / seconds, p99Ms })
    }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const results = [...rounds].map(([name, served]): [string, Served] => [
    name,
    { perSecond: middle(served.map((one) => one.perSecond)), p99Ms: middle(served.map((one) => one.p99Ms)) },
  ])
  return new Map(results)
}

/** Delays of one connection that asks again as soon as it has its answer. */
function ask({ url, headers }: Target): Promise<number[]> {
  const socket = connect(Number(url.port), url.hostname)
  socket.setNoDelay(true)
  const delays: number[] = []
  const endMs = performance.now() + ROUND_MS
  let sentMs = 0
  let missing = -1
  const { promise, resolve, reject } = Promise.withResolvers<number[]>()
  const send = () => {
    if (performance.now() > endMs) {
      socket.destroy()
      return resolve(delays)
    }
    sentMs = performance.now()
    missing = -1
    socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n${headers}\r\n`)
  }
  socket.on('connect', send)
  socket.on('error', reject)
  socket.on('data', (chunk) => {
    // Heads are short and arrive whole.
    if (missing === -1) {
      const head = chunk.toString('latin1', 0, chunk.indexOf('\r\n\r\n'))
      if (!/^HTTP\/1.1 (?:200|304)/.test(head)) return reject(new Error(`Answered ${head.split('\r\n')[0]}`))
      missing = head.length + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    }
    missing -= chunk.length
    if (missing > 0) return
    delays.push(performance.now() - sentMs)
    send()
  })
  return promise
}

function print(bytes: number, results: Map<string, Served>): boolean {
  console.log(`\nOne page of ${(bytes / 1000).toFixed(1)} kB over ${CONNECTIONS} connections`)
  for (const [name, { perSecond, p99Ms }] of results)
    console.log(
      `  ${name.padEnd(14)}${perSecond.toFixed(0).padStart(8)} requests/s${p99Ms.toFixed(1).padStart(8)} ms p99`,
    )
  const [own, nginx] = [results.get('docsfy'), results.get('nginx')]
  if (!own) return false
  if (nginx) console.log(`  docsfy answers ${(own.perSecond / nginx.perSecond).toFixed(2)} times as many as nginx`)
  const isKept = own.perSecond >= LEAST_PER_SECOND && own.p99Ms <= MOST_P99_MS
  console.log(
    `  goal: at least ${LEAST_PER_SECOND} requests/s, p99 at most ${MOST_P99_MS} ms${isKept ? '' : ' — TARGET MISSED'}`,
  )
  return isKept
}
