import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { fillList, measureList } from '../../api.ts'
import { atMost, type Extent, type Goal, type Row } from '../goal.ts'
import { delayRow, startWatchedServer, type WatchedServer } from '../watched-server.ts'

const CONNECTIONS = 16
const SECONDS = { fast: 3, full: 10 }
const PAGES = { perSecond: 1000, p99Ms: 50 }
const LIST_P99_MS = 200
const PATHS = ['index.html', 'getting-started.html', 'architecture.html', 'server-reference.html', 'assets/site.css']

/** L2, and L4 while it goes on. */
export const pages: Goal = {
  title: 'Pages of documentation, as fast as they come',
  fast: false,
  measure: (extent) => withServer('pages', fillSite, (server) => askForPages(server, extent)),
}

/** L3, and L4 while it goes on. */
export const list: Goal = {
  title: 'The list with 500 variants at 100 requests a second',
  fast: false,
  measure: () => withServer('the list', fillList, askForList),
}

async function withServer(
  during: string,
  fill: (dataDir: string) => Promise<void>,
  work: (server: WatchedServer) => Promise<Row[]>,
): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docsfy-load-'))
  await fill(dataDir)
  const server = await startWatchedServer({ DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  try {
    const rows = await work(server)
    return [...rows, delayRow(during, await server.delay())]
  } finally {
    await server.remove()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function fillSite(dataDir: string): Promise<void> {
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: 'only-while-filling-it' })
  delete process.env.DATABASE_URL
  await migrateDatabase()
  const site = await renderSite(sampleSite())
  await readyVariant('ann', 'lib', Object.fromEntries([...site].map(([path, file]) => [path, String(contentOf(file))])))
  await closeDatabase()
}

async function askForPages(server: WatchedServer, extent: Extent): Promise<Row[]> {
  await Promise.all(PATHS.map((_, n) => load(server, n, 300)))
  const startMs = performance.now()
  const forMs = SECONDS[extent] * 1000
  const results = await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => load(server, n, forMs)))
  const seconds = (performance.now() - startMs) / 1000
  const times = results.flatMap(({ delays }) => delays).sort((a, b) => a - b)
  const failed = results.reduce((sum, one) => sum + one.failed, 0)
  const perSecond = times.length / seconds
  const id = 'L2'
  return [
    {
      id,
      what: `pages a second, over ${CONNECTIONS} connections`,
      figure: `${perSecond.toFixed(0)}${failed > 0 ? `, ${failed} failed` : ''}`,
      target: `≥ ${PAGES.perSecond}`,
      ok: perSecond >= PAGES.perSecond && failed === 0,
    },
    atMost({
      id,
      what: 'delay, p99',
      figure: times[Math.floor(times.length * 0.99)] ?? 0,
      most: PAGES.p99Ms,
      unit: 'ms',
    }),
  ]
}

/** One connection, one request after the other. */
function load(server: WatchedServer, offset: number, forMs: number): Promise<{ delays: number[]; failed: number }> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  const delays: number[] = []
  const endMs = performance.now() + forMs
  let [failed, sentMs, n] = [0, 0, offset]
  let received = Buffer.alloc(0)
  return new Promise((resolve, reject) => {
    function ask(): void {
      if (performance.now() > endMs) {
        socket.destroy()
        resolve({ delays, failed })
        return
      }
      const path = `/docs/~ann/lib/main/builtin/static/${PATHS[n++ % PATHS.length]}`
      sentMs = performance.now()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.adminKey}\r\n\r\n`)
    }
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = received.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (received.length < end + 4 + length) return
      if (!head.startsWith('HTTP/1.1 200')) failed += 1
      received = Buffer.alloc(0)
      delays.push(performance.now() - sentMs)
      ask()
    })
  })
}

async function askForList(server: WatchedServer): Promise<Row[]> {
  const loads = [0, 10].map((writesPerSecond) => ({
    title: `${writesPerSecond} writes a second`,
    writesPerSecond,
    headers: {},
  }))
  const rows: Row[] = []
  for (const one of loads) {
    const { p99Ms, failed } = await measureList(server, one)
    const row = atMost({ id: 'L3', what: `delay, p99, ${one.title}`, figure: p99Ms, most: LIST_P99_MS, unit: 'ms' })
    rows.push({ ...row, ok: row.ok === true && failed === 0 })
  }
  return rows
}
