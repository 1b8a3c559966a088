import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TempRepository } from '#lib/testing/temp-repository.ts'
import { type Measured, measureBuild } from './measure-build.ts'
import { createSampleRepository } from './sample-repository.ts'

const FILES = 2600
const CHANGED = 'src/area0/part3.ts'
const ONE_CHANGED_SECONDS = 1.5
const UNCHANGED_SECONDS = 0.3

/** `npm run bench -- update`: building again after one changed file of 2,600, and after none. */
export async function run(): Promise<boolean> {
  const sample = await createSampleRepository(FILES)
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-'))
  try {
    await measureBuild({ repository: sample.path, folder })
    await changeOneFile(sample, 1)
    const facts = await factsSeconds(sample, folder)
    await changeOneFile(sample, 2)
    const changed = await measureBuild({ repository: sample.path, folder })
    const unchanged = await measureBuild({ repository: sample.path, folder })
    return [printChanged(changed, facts), printUnchanged(unchanged)].every(Boolean)
  } finally {
    await sample.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

async function changeOneFile(sample: TempRepository, round: number): Promise<void> {
  const text = await readFile(join(sample.path, CHANGED), 'utf8')
  const changed = text.replace(/\/\*\* Computes step 3\..*?\*\//, `/** Computes step 3. In round ${round}. */`)
  await sample.write({ [CHANGED]: changed }, `Round ${round}`)
}

/** What reading the facts takes when one file has changed: part of every build, and made elsewhere. */
async function factsSeconds(sample: TempRepository, folder: string): Promise<number> {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') }
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/docsfy.mjs', 'facts', sample.path, '-q'], {
    env,
  })
  return Number(/facts in ([\d.]+) s/.exec(stdout)?.[1])
}

function printChanged(measured: Measured, facts: number): boolean {
  const after = measured.stages.filter(({ stage }) => stage !== 'cloning')
  const total = after.reduce((sum, { seconds }) => sum + seconds, 0)
  console.log(`\nOne changed file of ${measured.files}: ${measured.pages} pages`)
  for (const { stage, seconds } of after) print(stage, seconds)
  print('after fetching', total, ONE_CHANGED_SECONDS)
  print('of this the facts', facts)
  print('whole command', measured.seconds)
  return total <= ONE_CHANGED_SECONDS
}

function printUnchanged(measured: Measured): boolean {
  const total = measured.stages.reduce((sum, { seconds }) => sum + seconds, 0)
  console.log('\nThe same commit again')
  print('asking and comparing', total, UNCHANGED_SECONDS)
  print('whole command', measured.seconds)
  return total <= UNCHANGED_SECONDS
}

function print(name: string, seconds: number, target?: number): void {
  const missed = target !== undefined && seconds > target ? ' — TARGET MISSED' : ''
  const beside = target === undefined ? '' : `  target, at most ${target.toFixed(1)}${missed}`
  console.log(`  ${name.padEnd(22)}${seconds.toFixed(2).padStart(9)}${beside}`)
}
