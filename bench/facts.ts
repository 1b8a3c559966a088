import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { WORK_PROCESS } from '#lib/config.ts'
import type { RepositoryFiles, TempRepository } from '#lib/testing/temp-repository.ts'
import { createCodeSample } from './code-sample.ts'

const start = promisify(execFile)
const TARGETS = { coldSeconds: 4, unchangedSeconds: 0.5, changedSeconds: 0.6, peakMb: 500 }
/** Seconds per megabyte of the largest share may be this much above those of the smallest. */
const MOST_GROWTH = 1.3
const SHARES = [1 / 16, 1 / 4, 1]

interface Extraction {
  seconds: number
  cpuSeconds: number
  /** What it takes to make all symbols, when somebody asks for them. */
  symbolSeconds: number
  peakMb: number
  files: number
  megabytes: number
  codeFiles: number
  codeMegabytes: number
  symbols: number
}

/**
 * `npm run bench -- facts [REPO…]`: facts of 7,000 files and 90 MB, cold, with nothing changed, with one file edited and
 * with one added, beside universal-ctags; the same for 1/16 and 1/4 of them; then cold and unchanged for each REPO.
 */
export async function run(repositories: string[]): Promise<boolean> {
  await ensureCtags()
  const results: boolean[] = []
  const perMegabyte: number[] = []
  for (const share of SHARES) {
    const sample = await createCodeSample(share)
    try {
      const measured = await measureAll(`${share * 16}×`, sample.path, sample)
      perMegabyte.push(measured.first.seconds / measured.first.megabytes)
      if (share === 1) results.push(judge(measured))
    } finally {
      await sample.remove()
    }
  }
  const growth = (perMegabyte.at(-1) ?? 0) / (perMegabyte[0] ?? 1)
  const each = SHARES.map((share, at) => `${share * 16}× ${(perMegabyte[at] ?? 0).toFixed(3)}`).join(', ')
  console.log(`\nSeconds per MB, nothing known: ${each}; 16× to 1× is ${growth.toFixed(2)} (at most ${MOST_GROWTH})`)
  for (const repository of repositories) await measureAll(repository, resolve(repository), null)
  return results.every(Boolean) && growth <= MOST_GROWTH
}

const ADDED = { 'packages/changed.ts': 'export function changed(): number { return 1 }\n' }

interface Measured {
  first: Extraction
  unchanged: Extraction
  edited: Extraction | null
  added: Extraction | null
}

async function measureAll(title: string, path: string, sample: TempRepository | null): Promise<Measured> {
  const cache = await mkdtemp(join(tmpdir(), 'docsfy-bench-facts-'))
  try {
    const folder = join(cache, 'sample')
    const first = await extraction(path, folder)
    const unchanged = await extraction(path, folder)
    const tags = await ctags(path)
    await sample?.write(await editOf(path), 'Edit one file')
    const edited = sample ? await extraction(path, folder) : null
    await sample?.write(ADDED, 'Add one file')
    const added = sample ? await extraction(path, folder) : null
    print(title, { first, unchanged, edited, added }, tags)
    return { first, unchanged, edited, added }
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
}

/** A source file of the sample with one more function that uses another of its functions. */
async function editOf(path: string): Promise<RepositoryFiles> {
  const { stdout } = await start('git', ['ls-files', 'packages/*.ts', 'packages/*.js'], {
    cwd: path,
    maxBuffer: 2 ** 24,
  })
  const files = stdout.trim().split('\n')
  const file = files[Math.floor(files.length / 2)] ?? ''
  const text = readFileSync(join(path, file), 'utf8')
  const used = /\bfunction (\w+)/.exec(text)?.[1] ?? 'String'
  return { [file]: `${text}\nexport function editedByBench() {\n  return ${used}()\n}\n` }
}

/** In a process as the command and the server start it: the first one compiles, the next ones find that in their folder. */
async function extraction(path: string, cacheDir: string): Promise<Extraction> {
  const script = join(import.meta.dirname, 'facts-once.ts')
  const env = { ...process.env, ...WORK_PROCESS.environment, NODE_COMPILE_CACHE: join(dirname(cacheDir), 'compiled') }
  const { stdout } = await start(process.execPath, [...WORK_PROCESS.flags, script, path, cacheDir], {
    maxBuffer: 2 ** 20,
    env,
  })
  return JSON.parse(stdout) as Extraction
}

function print(title: string, measured: Measured, tags: { seconds: number; peakMb: number } | null): void {
  const { first } = measured
  const load = loadavg()[0]?.toFixed(1)
  console.log(
    `\n${title}: ${first.files} files, ${first.megabytes.toFixed(1)} MB; parsed ${first.codeFiles} files, ${first.codeMegabytes.toFixed(1)} MB; ${first.symbols} symbols (load ${load})`,
  )
  const rows: [string, (Pick<Extraction, 'seconds' | 'peakMb'> & Partial<Extraction>) | null][] = [
    ['nothing known', first],
    ['nothing changed', measured.unchanged],
    ['one file edited', measured.edited],
    ['one file added', measured.added],
    ['universal-ctags', tags],
  ]
  console.log(
    `  ${''.padEnd(20)}${'seconds'.padStart(9)}${'CPU s'.padStart(9)}${'symbols s'.padStart(11)}${'peak MB'.padStart(9)}`,
  )
  for (const [name, row] of rows) {
    if (!row) continue
    const [cpu = '', symbols = ''] = [row.cpuSeconds, row.symbolSeconds].map((seconds) => seconds?.toFixed(2))
    const cells = [row.seconds.toFixed(2).padStart(9), cpu.padStart(9), symbols.padStart(11)]
    console.log(`  ${name.padEnd(20)}${cells.join('')}${row.peakMb.toFixed(0).padStart(9)}`)
  }
}

function judge({ first, unchanged, edited, added }: Measured): boolean {
  const peakMb = Math.max(first.peakMb, unchanged.peakMb, edited?.peakMb ?? 0, added?.peakMb ?? 0)
  const goals: [string, number, number][] = [
    ['nothing known, seconds', first.seconds, TARGETS.coldSeconds],
    ['nothing changed, seconds', unchanged.seconds, TARGETS.unchangedSeconds],
    ['one file edited, seconds', edited?.seconds ?? 0, TARGETS.changedSeconds],
    ['one file added, seconds', added?.seconds ?? 0, TARGETS.changedSeconds],
    ['peak MB', peakMb, TARGETS.peakMb],
  ]
  for (const [name, value, most] of goals)
    console.log(`  ${name.padEnd(28)}${value.toFixed(2).padStart(9)} of ${most}${value <= most ? '' : '  MISSED'}`)
  return goals.every(([, value, most]) => value <= most)
}

/** Tags of every file of the working tree, thrown away; null when it cannot be had. */
async function ctags(path: string): Promise<{ seconds: number; peakMb: number } | null> {
  const startedMs = performance.now()
  const child = spawn('ctags', ['-R', '--fields=+neKS', '-f', '/dev/null', '.'], { cwd: path, stdio: 'ignore' })
  let peakMb = 0
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, highWaterMark(child.pid ?? 0))
  }, 5)
  const code = await new Promise<number | null>((done) => {
    child.on('error', () => done(null))
    child.on('close', done)
  })
  clearInterval(timer)
  return code === 0 ? { seconds: (performance.now() - startedMs) / 1000, peakMb } : null
}

function highWaterMark(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

async function ensureCtags(): Promise<void> {
  const has = () => start('ctags', ['--version']).then(({ stdout }) => stdout.includes('Universal'))
  if (await has().catch(() => false)) return
  await start('apt-get', ['install', '-y', '-q', 'universal-ctags']).catch(() => {
    console.log('universal-ctags cannot be installed here: its figures are left out')
  })
}
