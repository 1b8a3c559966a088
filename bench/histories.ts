import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Difference, differencesOf } from './histories/differences.ts'
import { type Built, build } from './histories/place.ts'
import { checkedAgain } from './histories/read-again.ts'
import { type Step, walkOf } from './histories/walk.ts'

const DEFAULT = { steps: '12', back: '400' }

/**
 * `npm run bench -- histories REPO… [--steps N] [--back N]`: walks the history of each repository from so many commits before
 * its tip, builds each state by an update of the last one and from nothing, and lists every difference that has no reason.
 */
export async function run(args: string[]): Promise<boolean> {
  const options = {
    steps: { type: 'string', default: DEFAULT.steps },
    back: { type: 'string', default: DEFAULT.back },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  let isSame = true
  for (const repository of positionals.length > 0 ? positionals : ['.'])
    isSame = (await walk(resolve(repository), { steps: Number(values.steps), back: Number(values.back) })) && isSame
  return isSame
}

async function walk(original: string, wanted: { steps: number; back: number }): Promise<boolean> {
  const name = basename(original).replace(/^(?:repo|\.git)$/, basename(dirname(original)))
  const folder = mkdtempSync(join(tmpdir(), `docsfy-histories-${name}-`))
  try {
    const repository = join(folder, `${name}.git`)
    execFileSync('git', ['clone', '--quiet', '--bare', '--shared', original, repository])
    const steps = walkOf({ gitDir: repository, ...wanted })
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
  let [found, before]: [number, Built | null] = [0, null]
  for (const [at, { commit, how }] of steps.entries()) {
    git('update-ref', 'HEAD', commit)
    visited.add(commit)
    times.add(new Date(Number(git('show', '-s', '--format=%ct', commit)) * 1000).toISOString())
    const aside = join(folder, `full-${at}`)
    mkdirSync(aside)
    const update = await build(repository, join(folder, 'update'))
    const full = await build(repository, aside)
    const differences = [
      ...differencesOf(update, full, { visited, times, redirects: redirectsOf(update) }),
      ...(await checkedAgain({ repository, update, full, before })),
    ]
    print({ at, commit, how, update, full, differences })
    found += differences.length
    before = update
  }
  console.log(found === 0 ? '  every update left what a full run leaves' : `  ${found} DIFFERENCES`)
  return found === 0
}

function redirectsOf({ variant }: Built): Set<string> {
  const stored = JSON.parse(variant.get('redirects.json') ?? '{"redirects":{}}') as {
    redirects: Record<string, string>
  }
  return new Set(Object.keys(stored.redirects))
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
