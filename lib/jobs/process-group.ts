import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Fields of /proc/<id>/stat after the name, which may hold anything: state, parent, group, … (proc_pid_stat(5)). */
const GROUP_FIELD = 2
const RESIDENT_PAGES_FIELD = 21
const PAGE_BYTES = 4096
const SWEEP_ROUNDS = 100
const SWEEP_PAUSE_MS = 20

/** Signals every process of a group. The group outlives its leader when the leader has started others. */
export function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader !== undefined) signalled(-leader, signal)
}

/** Memory in use by all processes of a group, in bytes; 0 where the system does not tell. */
export async function groupMemoryBytes(leader: number): Promise<number> {
  const sizes = await Promise.all(
    (await processIds()).map(async (id) => {
      const fields = (await readProc(id, 'stat')).replace(/^.*\) /s, '').split(' ')
      return Number(fields[GROUP_FIELD]) === leader ? Number(fields[RESIDENT_PAGES_FIELD]) * PAGE_BYTES : 0
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
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

async function processIds(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  return names.filter((name) => /^\d+$/.test(name)).map(Number)
}

/** Empty for what has ended, is not ours, or is no Linux. */
async function readProc(id: number, file: 'stat' | 'environ'): Promise<string> {
  return await readFile(`/proc/${id}/${file}`, 'latin1').catch(() => '')
}
