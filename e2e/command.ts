import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningCommand {
  child: ChildProcess
  /** Everything it wrote so far, stdout and stderr together. */
  output(): string
  ended: Promise<Ended>
}

export interface CommandOptions {
  args: string[]
  env?: Record<string, string>
  cwd?: string
}

/** Where Node keeps what it made of our files, for every process of every test: otherwise each would compile them anew. */
export const COMPILE_CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'docsfy-e2e')

const running = new Set<RunningCommand>()

/** Ends what a test has left running, whether it passed or not. */
export async function endCommands(): Promise<void> {
  for (const { child, ended } of running) {
    child.kill('SIGKILL')
    await ended
  }
}

/** Starts Node with these arguments, without any docsfy setting of the surroundings. */
export function startNode({ args, env = {}, cwd = process.cwd() }: CommandOptions): RunningCommand {
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
  const command = { child, output: () => output, ended }
  running.add(command)
  void ended.then(() => running.delete(command))
  return command
}

/** Waits until `find` finds something in the output; fails when the command ends first or takes longer than `timeoutMs`. */
export async function waitForOutput<Found>(
  command: RunningCommand,
  find: (output: string) => Found | null | undefined,
  timeoutMs = 30_000,
): Promise<Found> {
  const deadlineMs = performance.now() + timeoutMs
  let isOver = false
  void command.ended.then(() => {
    isOver = true
  })
  for (;;) {
    const found = find(command.output())
    if (found !== null && found !== undefined && found !== false) return found
    if (isOver) throw new Error(`The command ended before it said what was expected:\n${command.output()}`)
    if (performance.now() > deadlineMs) throw new Error(`The command did not say it in time:\n${command.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
