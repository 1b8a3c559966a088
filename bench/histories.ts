import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { randomNumbers } from '#lib/testing/random-edits.ts'
import { type Difference, differencesOf } from './histories/differences.ts'
import { hostileSteps } from './histories/hostile.ts'
import { type Built, build, killedBuild } from './histories/place.ts'
import { checkedAgain } from './histories/read-again.ts'
import { type Step, walkOf } from './histories/walk.ts'

/** How many states before the Doc Score is held against that of a full run again. */
const SCORED_EVERY = 4
/** And before an update is first killed at some moment, and then made again. */
const KILLED_EVERY = 3
const DEFAULT = { steps: '12', back: '400' }

/**
 * `npm run bench -- histories [REPO…] [--steps N] [--back N]`: walks the history of each repository from so many commits before
 * its tip, builds each state by an update of the last one and from nothing, and lists every difference that has no reason.
 * Without a repository, it is the history of one made by code, in which everything becomes something else.
 */
export async function run(args: string[]): Promise<boolean> {
  const options = {
    steps: { type: 'string', default: DEFAULT.steps },
    back: { type: 'string', default: DEFAULT.back },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  if (positionals.length === 0) return await walk('hostile', hostileSteps)
  let isSame = true
  for (const original of positionals.map((path) => resolve(path))) {
    const name = basename(original).replace(/^(?:repo|\.git)$/, basename(dirname(original)))
    const steps = (gitDir: string) => {
      execFileSync('git', ['clone', '--quiet', '--bare', '--shared', original, gitDir])
      return walkOf({ gitDir, steps: Number(values.steps), back: Number(values.back) })
    }
    isSame = (await walk(name, steps)) && isSame
  }
  return isSame
}

/** Compares what is built at each of the commits that `make` gives of the repository that it makes. */
async function walk(name: string, make: (gitDir: string) => Step[]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), `docsfy-histories-${name}-`))
  try {
    const repository = join(folder, `${name}.git`)
    const steps = make(repository)
    console.log(`\n${name}: ${steps.length} states`)
    return await compareAll({ repository, folder }, steps)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compareAll(
  { repository, folder }: { repository: string; folder: string },
  steps: Step[],
): Promise<boolean> {
  const git = (...args: string[]) => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim()
  const [visited, times] = [new Set<string>(), new Set<string>()]
  const random = randomNumbers(steps.length)
  let [found, before]: [number, Built | null] = [0, null]
  for (const [at, { commit, how }] of steps.entries()) {
    git('update-ref', 'HEAD', commit)
    visited.add(commit)
    times.add(new Date(Number(git('show', '-s', '--format=%ct', commit)) * 1000).toISOString())
    const aside = join(folder, `full-${at}`)
    mkdirSync(aside)
    const killedAfterMs = before && at % KILLED_EVERY === 0 ? Math.round(before.seconds * 1000 * random()) : null
    if (killedAfterMs !== null) await killedBuild(repository, join(folder, 'update'), killedAfterMs)
    const update = await build(repository, join(folder, 'update'))
    const full = await build(repository, aside)
    const differences = [
      ...differencesOf(update, full, { visited, times, redirects: redirectsOf(update) }),
      ...(await checkedAgain({ repository, update, full, before, isScored: at % SCORED_EVERY === SCORED_EVERY - 1 })),
    ]
    const told = killedAfterMs === null ? how : `${how}, at the second attempt`
    print({ at, commit, how: told, update, full, differences })
    found += differences.length
    before = update
  }
  console.log(found === 0 ? '  every update left what a full run leaves' : `  ${found} DIFFERENCES`)
  return found === 0
}

function redirectsOf({ variant }: Built): Map<string, string> {
  const stored = JSON.parse(variant.get('redirects.json') ?? '{"redirects":{}}') as {
    redirects: Record<string, string>
  }
  return new Map(Object.entries(stored.redirects))
}

interface Printed extends Step {
  at: number
  update: Built
  full: Built
  differences: Difference[]
}

function print({ at, commit, how, update, full, differences }: Printed): void {
  const { page_count } = update.report
  const times = `${update.seconds.toFixed(1)} s instead of ${full.seconds.toFixed(1)}`
  console.log(`  ${String(at).padStart(2)} ${commit.slice(0, 7)} ${how}: ${page_count} pages, ${times}`)
  for (const { what, update: ours, full: theirs } of differences)
    console.log(`     ✗ ${what}\n         update ${ours}\n         full   ${theirs}`)
}
