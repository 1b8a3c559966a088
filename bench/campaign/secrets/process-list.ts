import { readdirSync, readFileSync } from 'node:fs'
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
  const mark = `DOCSFY_RUN_DATA=${dataDir}`
  const all = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid))
  return Buffer.concat(
    all.map((pid) => read(`/proc/${pid}/environ`)).filter((environment) => environment.includes(mark)),
  )
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
