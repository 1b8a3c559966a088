import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { aiProgramEnvironment } from '#lib/config.ts'
import { killGroup } from '#lib/kill-group.ts'

const MAX_SAID = 64 * 1024
const LAST_WORDS_MS = 1000

/**
 * Runs a program with the prompt on its standard input. A line on descriptor 3, or its end because this process died,
 * kills the whole group: nothing that was started outlives its reason.
 */
const SUPERVISED = `ulimit -c 0
{ read -r line <&3; kill -KILL 0; } >/dev/null 2>&1 &
watcher=$!
"$@" 3<&-
code=$?
kill -KILL $watcher
wait $watcher 2>/dev/null
exit $code`

export interface ProgramCall {
  /** Absolute path of the program. */
  path: string
  args: string[]
  /** Added to what every program of a run may know. */
  env: Record<string, string>
  cwd: string
  stdin: string
}

export interface RunningProgram {
  stdout: AsyncIterable<Uint8Array>
  /** The end of what it said on standard error, once that has been read to its end. */
  said(): Promise<string>
  /** Exit code within `ms`; null when it was still running and has been killed. */
  exitWithin(ms: number): Promise<number | null>
  /** Ends the whole process group and the reading of its output. */
  kill(): void
}

/** Starts a program in a process group of its own, with a scrubbed environment. Throws when the system cannot. */
export function startProgram({ path, args, env, cwd, stdin }: ProgramCall): RunningProgram {
  const child = spawn('/bin/sh', ['-c', SUPERVISED, 'docsfy-ai', path, ...args], {
    cwd,
    env: { ...aiProgramEnvironment(), ...env } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const ended = exitOf(child)
  // Out of descriptors or processes: then there are no streams either.
  if (child.pid === undefined) throw new Error('the system could not start it (too many files or processes?)')
  for (const stream of [child.stdin, child.stdio[3]]) stream?.on('error', () => undefined)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_SAID)
  })
  const heard = once(child.stderr, 'close').catch(() => undefined)
  child.stdin.end(stdin)
  const kill = () => {
    killGroup(child.pid, 'SIGKILL')
    child.stdout.destroy()
  }
  return {
    stdout: child.stdout,
    async said() {
      // A program may be gone before its last words are here; what left its group may never close them.
      await within(heard, LAST_WORDS_MS)
      return said
    },
    async exitWithin(ms) {
      const code = await within(ended, ms)
      kill()
      return code
    },
    kill,
  }
}

/** Null when it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  const patience = new AbortController()
  const first = await Promise.race([promise, sleep(ms, null, { signal: patience.signal }).catch(() => null)])
  patience.abort()
  return first
}

async function exitOf(child: ChildProcess): Promise<number> {
  try {
    const [code] = await once(child, 'exit')
    return typeof code === 'number' ? code : -1
  } catch {
    return -1
  }
}
