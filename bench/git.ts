import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createSampleRepository } from './sample-repository.ts'

const SOURCE_FILES = 2600
const ROUNDS = 3
const SAMPLE_MS = 10
const ENGINES = ['builtin', 'system'] as const
const STEPS = ['first fetch', 'nothing changed', 'one commit more'] as const
/** At most, for the generated repository and the engine that `auto` takes; other repositories are for comparing. */
const TARGETS = {
  'first fetch': { seconds: 30, peakMb: 500 },
  'nothing changed': { seconds: 0.3, peakMb: 200 },
  'one commit more': { seconds: 1.5, peakMb: 300 },
}
const git = promisify(execFile)

interface Measured {
  seconds: number
  peakMb: number
}
type Table = Record<string, Measured[]>

/** `npm run bench -- git [REPO...]`: both Git engines on the same repositories, served by git http-backend on loopback. */
export async function run(given: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-git-'))
  const sample = given.length > 0 ? null : await createSampleRepository(SOURCE_FILES)
  const paths = sample ? [sample.path, resolve('.')] : given.map((path) => resolve(path))
  try {
    let areKept = true
    for (const [n, path] of paths.entries()) {
      const isJudged = sample !== null && n === 0
      const title = isJudged ? `generated, ${SOURCE_FILES} source files` : basename(path.replace(/\/repo$/, ''))
      areKept = print(title, await compare(path, join(folder, String(n))), isJudged) && areKept
    }
    return areKept
  } finally {
    await rm(folder, { recursive: true, force: true })
    await sample?.remove()
  }
}

/** Engines take turns, so that a busy moment of the machine meets both. */
async function compare(path: string, folder: string): Promise<Table> {
  await git('git', ['clone', '-q', '--bare', path, join(folder, 'served.git')])
  const server = await serveGit(folder)
  const table: Table = {}
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const engine of ENGINES) {
        const stores = { url: `${server.url}/served.git`, storeDir: join(folder, `${engine}-${round}.git`), engine }
        for (const step of STEPS) {
          if (step === 'one commit more') await addCommit(join(folder, 'served.git'))
          const rows = table[`${step} ${engine}`] ?? []
          rows.push(await measure(stores))
          table[`${step} ${engine}`] = rows
        }
      }
    }
    return table
  } finally {
    await server.close()
  }
}

/** Changes one file on the default branch. */
async function addCommit(gitDir: string): Promise<void> {
  const person = { NAME: 'Ada Example', EMAIL: 'ada@example.test' }
  const people = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  )
  const env = { ...process.env, GIT_INDEX_FILE: join(gitDir, 'bench-index'), ...Object.fromEntries(people) }
  const run = async (...args: string[]) => (await git('git', ['--git-dir', gitDir, ...args], { env })).stdout.trim()
  await run('read-tree', 'HEAD')
  const blob = await run('rev-parse', `HEAD:${(await run('ls-tree', '-r', '--name-only', 'HEAD')).split('\n')[0]}`)
  await run('update-index', '--add', '--cacheinfo', `100644,${blob},added-${randomUUID()}.txt`)
  const commit = await run('commit-tree', '-p', 'HEAD', '-m', 'One more', await run('write-tree'))
  await run('update-ref', 'HEAD', commit)
}

interface Fetch {
  url: string
  storeDir: string
  engine: string
}

/** Time is the fetch's own; memory is the highest sum of resident sets of the process and all it starts. */
async function measure({ url, storeDir, engine }: Fetch): Promise<Measured> {
  const id = randomUUID()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'git-fetch.ts'), url, storeDir, engine], {
    env: { ...process.env, DOCSFY_RUN: id },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [output, peakMb] = ['', 0]
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(`DOCSFY_RUN=${id}`))
  }, SAMPLE_MS)
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  const code = await new Promise((done) => child.on('close', done))
  clearInterval(timer)
  if (code !== 0) throw new Error(`A fetch with the ${engine} engine ended with exit code ${code}`)
  return { seconds: (JSON.parse(output) as Measured).seconds, peakMb }
}

function residentMb(mark: string): number {
  let kilobytes = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)) continue
      kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      // The process has ended meanwhile.
    }
  }
  return kilobytes / 1024
}

function print(title: string, table: Table, isJudged: boolean): boolean {
  console.log(`\n${title} (median of ${ROUNDS})`)
  console.log(`  ${'step'.padEnd(18)}${'engine'.padEnd(10)}${'seconds'.padStart(9)}${'peak MB'.padStart(9)}   target`)
  let areKept = true
  for (const step of STEPS) {
    for (const engine of ENGINES) {
      const rows = table[`${step} ${engine}`] ?? []
      const seconds = median(rows.map((row) => row.seconds))
      const peakMb = median(rows.map((row) => row.peakMb))
      const target = TARGETS[step]
      const hasTarget = isJudged && engine === 'system'
      const isKept = !hasTarget || (seconds <= target.seconds && peakMb <= target.peakMb)
      areKept &&= isKept
      const wanted = hasTarget ? `≤ ${target.seconds} s, ≤ ${target.peakMb} MB${isKept ? '' : ' — MISSED'}` : ''
      const figures = `${seconds.toFixed(2).padStart(9)}${peakMb.toFixed(0).padStart(9)}`
      console.log(`  ${step.padEnd(18)}${engine.padEnd(10)}${figures}   ${wanted}`)
    }
  }
  return areKept
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
