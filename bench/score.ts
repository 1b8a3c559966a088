import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { scoreFolder } from '#cli/score-folder.ts'
import { gateText, groupsText, placeText, valueText } from '#lib/score/report-text.ts'
import type { Score } from '#lib/score/score-documentation.ts'

const LEAST_TOTAL = 95
const LISTED = 5
/** Differs from run to run on purpose: it names the run. */
const RUN_FILE = '.docsfy-site.json'

/** `npm run score [-- REPO …]`: builds the documentation of each repository, twice, and holds it against every gate. */
const given = process.argv.slice(2)
let isKept = true
for (const repository of given.length > 0 ? given : ['.']) isKept = (await judge(resolve(repository))) && isKept
process.exitCode = isKept ? 0 : 1

async function judge(original: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-score-'))
  try {
    // A clone stands still while people commit to the original.
    const repository = join(folder, 'clone', basename(original))
    await run('git', ['clone', '--quiet', original, repository], process.env)
    const target = await build(repository, folder, 'first')
    const again = await build(repository, folder, 'second')
    const { signal } = new AbortController()
    const startedMs = performance.now()
    const score = await scoreFolder({ target, repository, branch: null, signal })
    const seconds = (performance.now() - startedMs) / 1000
    const isSame = (await digest(target)) === (await digest(again))
    print(score, { name: basename(original), seconds, isSame })
    return isSame && score.total >= LEAST_TOTAL && score.measures.every(({ ok }) => ok)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each build has a cache of its own, so that nothing of the one can pass into the other. */
async function build(repository: string, folder: string, name: string): Promise<string> {
  const site = join(folder, name)
  const args = [resolve(import.meta.dirname, '../cli/main.ts'), 'build', repository, '-o', site, '--quiet']
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, `${name}-cache`) }
  await run(process.execPath, args, env)
  return site
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}`)
}

async function digest(site: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(site, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) {
    if (basename(file) === RUN_FILE) continue
    hash.update(`${file.slice(site.length)}\n`).update(await readFile(file))
  }
  return hash.digest('hex')
}

function print(score: Score, { name, seconds, isSame }: { name: string; seconds: number; isSame: boolean }): void {
  const failed = score.measures.filter(({ ok }) => !ok)
  console.log(`\n${name}: Doc Score ${score.total} (${groupsText(score)}), target at least ${LEAST_TOTAL}`)
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`  ${score.pages} pages read and scored in ${seconds.toFixed(1)} s, ${peakMb} MB at most`)
  console.log(`  two builds are ${isSame ? 'the same, byte by byte' : 'DIFFERENT'}`)
  for (const measure of score.measures) {
    const mark = measure.ok ? ' ' : '✗'
    const value = `${valueText(measure).padStart(8)} ${gateText(measure).padStart(8)}`
    console.log(
      `  ${mark} ${String(measure.number).padStart(2)} ${measure.title.padEnd(44)}${value}  ${measure.note ?? ''}`,
    )
  }
  for (const { number, title, misses } of failed) {
    console.log(`  ${number} ${title}: ${misses.length}`)
    for (const miss of misses.slice(0, LISTED)) console.log(`      ${placeText(miss)} ${miss.claim} → ${miss.found}`)
  }
}
