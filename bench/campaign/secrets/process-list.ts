import { readdirSync, readFileSync } from 'node:fs'
import { DATA_VARIABLE } from '#lib/config.ts'
import { type Canaries, secretsIn } from './canaries.ts'

const SAMPLE_MS = 15

/** Looks through the arguments of every process of the machine, again and again. */
export function watchProcessList(canaries: Canaries) {
  const found = new Set<string>()
  let looks = 0
  const timer = setInterval(() => {
    looks += 1
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      for (const name of secretsIn(read(`/proc/${pid}/cmdline`), canaries))
        found.add(`${name} in the arguments of a process`)
    }
  }, SAMPLE_MS)
  return {
    looks: () => looks,
    stop(): string[] {
      clearInterval(timer)
      return [...found]
    },
  }
}

/** Secrets of the server in the environment of a run's processes: those work in the data directory. */
export function environmentsOfRuns(dataDir: string): Buffer {
  const mark = `${DATA_VARIABLE}=${dataDir}`
  const all = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid))
  return Buffer.concat(
    all.map((pid) => read(`/proc/${pid}/environ`)).filter((environment) => environment.includes(mark)),
  )
}

const LOOK_MS = 50

/**
 * Looks at the environments of a run's processes, again and again. The worker may hold no key; a program of a provider only its
 * own: whatever else is a stranger's.
 */
export function watchEnvironments(dataDir: string, keys: Canaries) {
  const strangers = new Set<string>()
  const holders = new Set<string>()
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const environment = read(`/proc/${pid}/environ`)
      if (!environment.includes(`${DATA_VARIABLE}=${dataDir}`)) continue
      const names = secretsIn(environment, keys)
      if (names.length === 0) continue
      const command = read(`/proc/${pid}/cmdline`).toString('latin1')
      if (command.includes('jobs/worker.ts')) strangers.add(`${names.join()} in the environment of a worker`)
      else if (names.length > 1) strangers.add(`${names.join()} in the environment of one program`)
      else holders.add(pid)
    }
  }, LOOK_MS)
  return {
    stop() {
      clearInterval(timer)
      return { strangers: [...strangers], holders: holders.size }
    },
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
