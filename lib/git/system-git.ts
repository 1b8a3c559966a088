import { spawn } from 'node:child_process'
import { programEnvironment } from '#lib/config.ts'
import { abortError } from '#lib/errors.ts'
import { killGroup } from '#lib/kill-group.ts'

const MAX_DATA_KB = 512 * 1024
const BLOCK_BYTES = 512
const MAX_TEXT = 64 * 1024

/**
 * Sets limits the kernel enforces (memory, size of any file), then runs a program. A line of input, or its end because
 * this process died, kills the whole group: nothing that was started outlives its reason.
 */
const SUPERVISED = `ulimit -c 0; ulimit -d "$1"; ulimit -f "$2"; shift 2
exec 3<&0
{ read -r line <&3; kill -KILL 0; } >/dev/null 2>&1 &
watcher=$!
"$@" </dev/null 3<&-
code=$?
kill -KILL $watcher
wait $watcher 2>/dev/null
exit $code`

export interface GitCall {
  args: string[]
  env: Record<string, string>
  cwd: string
  /** Largest file that may be written. */
  maxFileBytes: number
  signal: AbortSignal
  /** Called with what git says on its error output, as it comes. */
  onMessage?: (text: string) => void
}

export interface GitVersion {
  major: number
  minor: number
}

/** How a git process failed. `said` is its error output: words of a stranger's server may be among it. */
export class SystemGitError extends Error {
  readonly said: string
  readonly exitCode: number

  constructor(exitCode: number, said: string) {
    super(`git ended with exit code ${exitCode}`)
    this.said = said
    this.exitCode = exitCode
  }
}

/** Runs git in a process group of its own and answers its output. Throws SystemGitError; the signal kills the group. */
export function runGit({ args, env, cwd, maxFileBytes, signal, onMessage }: GitCall): Promise<string> {
  signal.throwIfAborted()
  const limits = [String(MAX_DATA_KB), String(Math.ceil(maxFileBytes / BLOCK_BYTES))]
  const child = spawn('/bin/sh', ['-c', SUPERVISED, 'docsfy-git', ...limits, 'git', ...args], {
    cwd,
    env: { ...programEnvironment(), ...env } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const output: string[] = []
  child.stdin.on('error', () => undefined)
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text)
    onMessage?.(text)
  })
  const stop = () => killGroup(child.pid, 'SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(abortError())
      else if (code === 0) resolve(output.join(''))
      else reject(new SystemGitError(code ?? -1, said.join('').slice(-MAX_TEXT)))
    })
  })
}

let installed: Promise<GitVersion | null> | null = null

/** Version of the git program on the path; null when there is none. Asked once. */
export function installedGit(): Promise<GitVersion | null> {
  installed ??= askVersion().catch(() => null)
  return installed
}

async function askVersion(): Promise<GitVersion | null> {
  const signal = AbortSignal.timeout(10_000)
  return parseVersion(await runGit({ args: ['--version'], env: {}, cwd: '/', maxFileBytes: 0, signal }))
}

/** Reads `git version 2.39.5 (Apple Git-154)`. */
export function parseVersion(text: string): GitVersion | null {
  const match = /^git version (\d+)\.(\d+)/.exec(text)
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : null
}

/** Whether git is of this version or newer. */
export function isAtLeast(version: GitVersion | null, major: number, minor: number): boolean {
  return version !== null && (version.major > major || (version.major === major && version.minor >= minor))
}
