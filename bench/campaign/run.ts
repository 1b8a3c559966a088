import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import type { Extent, Goal, Row } from './goal.ts'
import { GOALS, WITH_DELAY } from './goals.ts'

/** Of Linux, wherever Node runs. */
const TICKS_PER_SECOND = 100

/**
 * `npm run campaign -- [--fast] [B1 B4 …]`: attacks and loads a real docsfy and prints each figure beside its target. Each
 * goal runs in a process of its own, so that none can spoil the next one.
 */
async function main(args: string[]): Promise<boolean> {
  const extent: Extent = args.includes('--fast') ? 'fast' : 'full'
  const named = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.toUpperCase())
  const wanted = named.flatMap((id) => (id === 'L4' ? WITH_DELAY : [id]))
  const unknown = wanted.find((id) => !(id in GOALS))
  if (unknown) throw new Error(`There is no goal "${unknown}": use some of ${Object.keys(GOALS).join(', ')}`)
  const ids = Object.keys(GOALS).filter((id) => (wanted.length > 0 ? wanted.includes(id) : isPartOf(extent, id)))
  if (process.send && ids.length === 1) return tellParent(ids[0] ?? '', extent)
  const busy = (loadavg()[0] ?? 0) / availableParallelism()
  console.log(`This machine had ${busy.toFixed(1)} programs waiting for each core before this started`)
  const rows: Row[] = []
  for (const id of ids) rows.push(...(await inOwnProcess(id, extent)))
  const missed = rows.filter(({ ok }) => ok === false)
  const unmeasured = rows.filter(({ ok }) => ok === null)
  console.log(`\n${rows.length} figures, ${missed.length} missed, ${unmeasured.length} not measured here`)
  for (const row of [...missed, ...unmeasured]) print(row)
  return missed.length === 0
}

function isPartOf(extent: Extent, id: string): boolean {
  return extent === 'full' || (goal(id)?.fast ?? false)
}

function goal(id: string): Goal | undefined {
  return GOALS[id]
}

async function tellParent(id: string, extent: Extent): Promise<boolean> {
  const rows = (await goal(id)?.measure(extent)) ?? []
  await new Promise((resolve) => process.send?.(rows, resolve))
  process.disconnect()
  return true
}

async function inOwnProcess(id: string, extent: Extent): Promise<Row[]> {
  console.log(`\n${id}  ${goal(id)?.title}`)
  const [startMs, startSeconds] = [performance.now(), processorSeconds()]
  const child = fork(import.meta.filename, [id, `--${extent}`])
  let rows: Row[] = []
  child.on('message', (told) => {
    rows = told as Row[]
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0 || rows.length === 0) {
    const figure = `the measurement ended with exit code ${code}`
    rows = [...rows, { id, what: 'is measured to the end', figure, target: 'exit code 0', ok: false }]
  }
  for (const row of rows) print(row)
  const seconds = (performance.now() - startMs) / 1000
  console.log(`  ${seconds.toFixed(0)} s, ${(processorSeconds() - startSeconds).toFixed(0)} s of a processor`)
  return rows
}

/** What all processes have taken that were started from here and have ended: on a busy machine this says more than the clock. */
function processorSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND
}

function print({ id, what, figure, target, ok }: Row): void {
  const mark = ok === null ? 'not measured' : ok ? 'ok' : 'MISSED'
  console.log(`  ${mark.padEnd(8)}${id.padEnd(4)}${what}: ${figure}  (target ${target})`)
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  console.error(error)
  process.exitCode = 2
}
