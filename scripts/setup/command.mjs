import { spawn } from 'node:child_process'
import { root } from './checkout.mjs'
import { Interrupted, Problem } from './problem.mjs'

const KEPT_OUTPUT = 200_000
const PATIENCE_MS = 2000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command of the set-up with one line of progress instead of its output; the output is shown when it fails.
 * `command` is [program, ...arguments]; `failure` the sentence for people.
 */
export async function runQuietly({ command, doing, done, failure, env = process.env, cwd = root }) {
  const line = progressLine(doing)
  const started = Date.now()
  // A process group of its own, so that an interruption reaches the commands this command has started, too.
  const child = spawn(command[0], command.slice(1), { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  const { code, signal, problem } = await ended(child, (name) => endGroup(child, name)).finally(line.clear)
  if (signal) throw new Interrupted(signal)
  if (problem) throw new Problem(`${failure}: ${problem}`)
  if (code !== 0) throw new Problem(`${failure}: "${shown(command)}" ended with exit code ${code}`, output())
  process.stderr.write(`${done} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
}

/** Runs a command with the terminal handed over; resolves to its exit code once it has ended. */
export async function handOver({ command, env = process.env, cwd = root }) {
  const child = spawn(command[0], command.slice(1), { cwd, env, stdio: 'inherit' })
  // On a terminal the child also gets Ctrl-C itself; it must count two at the same moment as one.
  const { code, killedBy, problem } = await ended(child, (name) => child.kill(name))
  if (problem) throw new Problem(`${shown(command)} could not be started: ${problem}`)
  return code ?? (killedBy === 'SIGINT' ? 130 : 1)
}

async function ended(child, pass) {
  let signal = null
  const listeners = SIGNALS.map((name) => {
    const listener = () => {
      signal = name
      pass(name)
    }
    process.on(name, listener)
    return [name, listener]
  })
  const result = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, problem: error.message }))
    child.once('close', (code, killedBy) => resolve({ code, killedBy }))
  })
  for (const [name, listener] of listeners) process.off(name, listener)
  return { signal, ...result }
}

/** npm takes its time to tidy up what the next start removes anyway. */
function endGroup(child, name) {
  tryKillGroup(child.pid, name)
  setTimeout(() => child.exitCode === null && tryKillGroup(child.pid, 'SIGKILL'), PATIENCE_MS).unref()
}

function tryKillGroup(pid, name) {
  try {
    process.kill(-pid, name)
  } catch {
    // It has ended already.
  }
}

function collect(child) {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk) => {
      text = (text + chunk).slice(-KEPT_OUTPUT)
    })
  }
  return () => text
}

function shown(command) {
  return command.map((part) => part.split('/').at(-1)).join(' ')
}

/** On a terminal one line that counts seconds and is wiped at the end; elsewhere one plain line. */
function progressLine(doing) {
  if (!process.stderr.isTTY) {
    process.stderr.write(`${doing} …\n`)
    return { clear: () => {} }
  }
  const started = Date.now()
  const draw = () => process.stderr.write(`\r${doing} … ${Math.round((Date.now() - started) / 1000)} s`)
  draw()
  const timer = setInterval(draw, 1000)
  return {
    clear: () => {
      clearInterval(timer)
      process.stderr.write('\r\u001b[K')
    },
  }
}
