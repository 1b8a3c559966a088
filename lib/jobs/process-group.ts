import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Fields of /proc/<id>/stat after the name, which may hold anything: state, parent, group, … (proc_pid_stat(5)). */
const PARENT_FIELD = 1
const GROUP_FIELD = 2
const RESIDENT_PAGES_FIELD = 21
const USUAL_PAGE_BYTES = 4096
const SWEEP_ROUNDS = 100
const SWEEP_PAUSE_MS = 20

/**
 * Memory in use by a process and all it has started, in bytes, also by those that lead groups of their own; 0 where the
 * system does not tell.
 */
export async function familyMemoryBytes(leader: number): Promise<number> {
  // Everything descends from 0, which is nobody's id.
  if (leader === 0) return 0
  const [processes, pageBytes] = await Promise.all([processTable(), systemPageBytes()])
  const family = new Set([leader])
  // A group outlives its leader, a child its parent: either leads to what was started.
  for (let known = 0; known < family.size; ) {
    known = family.size
    for (const { id, parent, group } of processes) if (family.has(parent) || family.has(group)) family.add(id)
  }
  return processes.reduce((sum, { id, pages }) => (family.has(id) ? sum + pages * pageBytes : sum), 0)
}

/** Processes that were started with `name=value` in their environment, whichever group they are in by now. */
export async function processesWith(name: string, value: string): Promise<number[]> {
  const found = await Promise.all(
    (await processIds()).map(async (id) => {
      const variables = (await readProc(id, 'environ')).split('\0')
      return variables.includes(`${name}=${value}`) && id !== process.pid ? [id] : []
    }),
  )
  return found.flat()
}

/** Ends every process that was started with `name=value` in its environment. Returns once they are gone, with their number. */
export async function sweep(name: string, value: string): Promise<number> {
  const ended = new Set<number>()
  for (let round = 0; round < SWEEP_ROUNDS; round += 1) {
    const found = await processesWith(name, value)
    if (found.length === 0) break
    for (const id of found) {
      ended.add(id)
      signalled(id, 'SIGKILL')
    }
    await wait(SWEEP_PAUSE_MS)
  }
  return ended.size
}

function signalled(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch {
    // Nobody is there any more.
  }
}

interface ProcessEntry {
  id: number
  parent: number
  group: number
  /** Resident ones. */
  pages: number
}

async function processTable(): Promise<ProcessEntry[]> {
  const entries = await Promise.all(
    (await processIds()).map(async (id) => {
      const text = await readProc(id, 'stat')
      const fields = text.replace(/^.*\) /s, '').split(' ')
      const [parent, group, pages] = [PARENT_FIELD, GROUP_FIELD, RESIDENT_PAGES_FIELD].map((at) => Number(fields[at]))
      return text ? [{ id, parent: parent ?? 0, group: group ?? 0, pages: pages ?? 0 }] : []
    }),
  )
  return entries.flat()
}

let knownPageBytes: Promise<number> | null = null

/** Not 4096 everywhere: ARM kernels may have pages of 16 or 64 KB. */
function systemPageBytes(): Promise<number> {
  knownPageBytes ??= run('getconf', ['PAGESIZE']).then(
    ({ stdout }) => Number.parseInt(stdout, 10) || USUAL_PAGE_BYTES,
    () => USUAL_PAGE_BYTES,
  )
  return knownPageBytes
}

async function processIds(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  return names.filter((name) => /^\d+$/.test(name)).map(Number)
}

/** Empty for what has ended, is not ours, or is no Linux. */
async function readProc(id: number, file: 'stat' | 'environ'): Promise<string> {
  return await readFile(`/proc/${id}/${file}`, 'latin1').catch(() => '')
}
