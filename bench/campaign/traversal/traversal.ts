import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createWorld, type World } from '../../../e2e/api-world.ts'
import { atLeast, type Goal, noneOf, type Row } from '../goal.ts'
import { startNaive } from './naive.ts'
import { TARGETS, UPS, vectorsFrom } from './vectors.ts'

const LEAST = { vectors: 36, control: 12 }
const MARK = 'SECRET-BESIDE-THE-SITE'
/** What no answer may hold: our own secret file, a database, an account file, our package, a key. */
const LEAKS = [MARK, 'SQLite format 3', 'root:x:0:', '"private": true', 'CREATE TABLE']
const AT_ONCE = 16

/** B4. Paths go over the wire as they are, as no HTTP library would send them. */
export const traversal: Goal = { title: 'Paths that climb out of a site, on raw sockets', fast: true, measure }

async function measure(): Promise<Row[]> {
  const world = await createWorld()
  try {
    await plantSecrets(world)
    const { hostname, port } = new URL(world.server.url)
    const routes = [
      '/docs/sample/feature~2Flamps/builtin/static/',
      '/docs/sample/',
      '/docs/~olga/sample/feature~2Flamps/builtin/static/',
      '/_next/static/',
      '/',
      '/api/projects/sample/feature~2Flamps/builtin/static/',
    ]
    const vectors = vectorsFrom(world.server.dataDir)
    const paths = routes.flatMap((route) => vectors.map((vector) => route + vector))
    const answers = await askAll(paths, { hostname, port: Number(port), key: world.server.adminKey })
    const leaks = answers.filter(({ text }) => LEAKS.some((leak) => text.includes(leak)))
    const odd = answers.filter(({ status }) => status === 0 || status >= 500)
    const id = 'B4'
    return [
      atLeast({ id, what: 'ways to write a climb', figure: UPS.length, least: LEAST.vectors }),
      atLeast({ id, what: 'routes', figure: routes.length, least: 4 }),
      noneOf(
        id,
        `answers with what lies outside, of ${answers.length}`,
        leaks.map(({ path, status }) => `${status} ${path}`),
      ),
      noneOf(
        id,
        'answers that are failures of the server',
        odd.map(({ path, status }) => `${status} ${path}`),
      ),
      atLeast({
        id,
        what: 'control: climbs that leave a careless server',
        figure: await tryControl(world),
        least: LEAST.control,
      }),
    ]
  } finally {
    await world.remove()
  }
}

/** Beside the site, where a climb of any height finds something. */
async function plantSecrets({ server: { dataDir } }: World): Promise<void> {
  const variant = join(dataDir, 'projects/olga/sample/feature~2Flamps/builtin/static')
  for (const folder of [join(variant, 'pages'), join(variant, 'sites'), variant, join(variant, '..'), dataDir]) {
    await mkdir(folder, { recursive: true })
    for (const target of TARGETS.filter((name) => !name.includes('/'))) await writeFile(join(folder, target), MARK)
  }
}

interface Place {
  hostname: string
  port: number
  key: string
}

interface Answer {
  path: string
  status: number
  text: string
}

async function askAll(paths: string[], place: Place): Promise<Answer[]> {
  const left = [...paths]
  const answers: Answer[] = []
  const work = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) answers.push(await askRaw(path, place))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return answers
}

function askRaw(path: string, { hostname, port, key }: Place): Promise<Answer> {
  const socket = connect(port, hostname)
  const chunks: Buffer[] = []
  const head = ['Host: 127.0.0.1', `Authorization: Bearer ${key}`, 'Accept: text/html', 'Connection: close']
  socket.write(Buffer.from(`GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`, 'latin1'))
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => undefined)
  return new Promise((resolve) =>
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1')
      resolve({ path, status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text })
    }),
  )
}

/** How many of the climbs leave the folder of a server that only joins paths. */
async function tryControl({ server: { dataDir } }: World): Promise<number> {
  const root = join(dataDir, 'projects/olga/sample/feature~2Flamps/builtin/static/pages/site')
  await mkdir(root, { recursive: true })
  const naive = await startNaive(root)
  try {
    const paths = vectorsFrom(dataDir).map((vector) => `/${vector}`)
    const answers = await askAll(paths, { hostname: '127.0.0.1', port: naive.port, key: '' })
    return answers.filter(({ text }) => LEAKS.some((leak) => text.includes(leak))).length
  } finally {
    naive.close()
  }
}
