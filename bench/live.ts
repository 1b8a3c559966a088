import { type ChildProcess, execFile, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ask, type Report } from './live-messages.ts'
import { SOCKETS_PER_USER, type TargetName } from './live-targets.ts'
import { LOADED_VARIANTS } from './live-terminal.ts'

const SIZES = [100, 1000, 5000, 10_000]
/** The best of several is what the machine can do; the others say what else it was doing. */
const REPEATS = 5
const FLOOD_MS = 1000
const PACED_ROUNDS = 30
/** Twenty messages a second to each client, but no more than the slowest server can send to all of them. */
const PACED_INTERVAL_MS = 50
const MAX_PACED_PER_SECOND = 20_000
const COMPLETE_WITHIN_MS = 20_000
const SOCKET_IO = 'socket.io@4.8.3'
const VIEWERS = 100
const TARGETS = { ofBare: 0.6, ofSocketIo: 1.5, p99Ms: 30, p99Clients: 1000, terminalMs: 20 }

interface Measured {
  messagesPerSecond: number
  cpuMicros: number
  p50Ms: number
  p99Ms: number
  missing: number
  kbPerConnection: number
}

/** `npm run bench -- live [CLIENTS…]`: our live feed beside a bare socket loop and Socket.IO, in the same run. Linux only. */
export async function run(args: string[]): Promise<boolean> {
  const sizes = args.length > 0 ? args.map(Number).filter(Boolean) : SIZES
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-'))
  try {
    await installSocketIo(folder)
    const kept: boolean[] = []
    for (const clients of sizes) kept.push(await compare(clients, folder))
    kept.push(await terminal(folder))
    return kept.every(Boolean)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Only this measurement needs it, so it is no dependency: it is installed for the time of the measurement. */
async function installSocketIo(folder: string): Promise<void> {
  console.log(`Installing ${SOCKET_IO} into a temporary folder …`)
  await promisify(execFile)('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', SOCKET_IO])
}

async function compare(clients: number, folder: string): Promise<boolean> {
  const results = new Map<TargetName, Measured[]>()
  for (let repeat = 0; repeat < REPEATS; repeat += 1)
    for (const target of ['bare', 'docsfy', 'socketio'] as const)
      results.set(target, [...(results.get(target) ?? []), await measure(target, clients, folder)])
  const [bare, docsfy, socketIo] = [best(results, 'bare'), best(results, 'docsfy'), best(results, 'socketio')]
  const ofBare = docsfy.messagesPerSecond / bare.messagesPerSecond
  const ofSocketIo = docsfy.messagesPerSecond / socketIo.messagesPerSecond
  const slow = clients === TARGETS.p99Clients && docsfy.p99Ms > TARGETS.p99Ms
  const isKept = ofBare >= TARGETS.ofBare && ofSocketIo >= TARGETS.ofSocketIo && !slow && docsfy.missing === 0
  console.log(`\n${clients} clients, best of ${REPEATS} runs each${isKept ? '' : ' — TARGET MISSED'}`)
  console.log('                  messages/s  CPU µs each   p50 ms   p99 ms  missing  KB each')
  printRow('bare write loop', bare)
  printRow('docsfy', docsfy)
  printRow('Socket.IO', socketIo)
  console.log(
    `  docsfy is ${ofBare.toFixed(2)} of the bare loop (target ${TARGETS.ofBare}), ${ofSocketIo.toFixed(2)} of Socket.IO (target ${TARGETS.ofSocketIo})${clients === TARGETS.p99Clients ? `; target p99 ≤ ${TARGETS.p99Ms} ms` : ''}`,
  )
  return isKept
}

function printRow(name: string, { messagesPerSecond, cpuMicros, p50Ms, p99Ms, missing, kbPerConnection }: Measured) {
  const columns: [string, number][] = [
    [messagesPerSecond.toFixed(0), 12],
    [cpuMicros.toFixed(2), 13],
    [p50Ms.toFixed(1), 9],
    [p99Ms.toFixed(1), 9],
    [String(missing), 9],
    [kbPerConnection.toFixed(1), 9],
  ]
  console.log(`  ${name.padEnd(16)}${columns.map(([text, width]) => text.padStart(width)).join('')}`)
}

async function measure(target: TargetName, clients: number, folder: string): Promise<Measured> {
  return withProcesses(async (server, client) => {
    const users = Math.ceil(clients / SOCKETS_PER_USER)
    const { port, keys } = await ask(server, { kind: 'listen', target, users, folder }, 'listening')
    const before = await ask(server, { kind: 'resources' }, 'resources')
    await ask(client, { kind: 'connect', target, port, clients, keys }, 'connected')
    const connected = await ask(server, { kind: 'resources' }, 'resources')
    const flood = await measureFlood(server, client, clients)
    const paced = await measurePaced(server, client, clients)
    return { ...flood, ...paced, kbPerConnection: (connected.rssBytes - before.rssBytes) / clients / 1024 }
  })
}

async function measureFlood(server: ChildProcess, client: ChildProcess, clients: number) {
  await ask(client, { kind: 'count', rounds: 0 }, 'counting')
  const before = await ask(server, { kind: 'resources' }, 'resources')
  const progress = followProgress(client, server)
  const { sentMs } = await ask(server, { kind: 'flood', clients, forMs: FLOOD_MS }, 'sent')
  const endMs = await progress.until(sentMs.length)
  const after = await ask(server, { kind: 'resources' }, 'resources')
  const messages = sentMs.length * clients
  return {
    messagesPerSecond: (messages / (endMs - (sentMs[0] ?? 0))) * 1000,
    cpuMicros: (after.cpuMicros - before.cpuMicros) / messages,
  }
}

async function measurePaced(server: ChildProcess, client: ChildProcess, clients: number) {
  await ask(client, { kind: 'count', rounds: PACED_ROUNDS }, 'counting')
  const intervalMs = Math.max(PACED_INTERVAL_MS, (clients / MAX_PACED_PER_SECOND) * 1000)
  const progress = followProgress(client, server)
  const { sentMs } = await ask(server, { kind: 'paced', rounds: PACED_ROUNDS, intervalMs }, 'sent')
  await progress.until(PACED_ROUNDS)
  return ask(client, { kind: 'arrivals', sentMs }, 'latencies')
}

/** Passes what has arrived on to the server; `until` gives the time at which a number of rounds was complete. */
function followProgress(client: ChildProcess, server: ChildProcess) {
  const { promise, resolve } = Promise.withResolvers<number>()
  let wanted = Number.POSITIVE_INFINITY
  let latest = { rounds: 0, atMs: 0 }
  const check = () => latest.rounds >= wanted && resolve(latest.atMs)
  function hear(report: Report): void {
    if (report.kind !== 'complete') return
    latest = report
    server.send(report)
    check()
  }
  client.on('message', hear)
  return {
    async until(rounds: number): Promise<number> {
      wanted = rounds
      check()
      const timer = setTimeout(() => resolve(latest.atMs), COMPLETE_WITHIN_MS)
      const atMs = await promise
      clearTimeout(timer)
      client.off('message', hear)
      return atMs
    },
  }
}

/** What one terminal status costs a server with many variants and viewers. */
async function terminal(folder: string): Promise<boolean> {
  return withProcesses(async (server, client) => {
    const target = 'loaded'
    const { port, keys } = await ask(server, { kind: 'listen', target, users: VIEWERS, folder }, 'listening')
    await ask(client, { kind: 'connect', target, port, clients: VIEWERS, keys }, 'connected')
    const { loopMs, cpuMs, stallMs } = await ask(server, { kind: 'terminal', rounds: 7 }, 'terminal')
    const cost = Math.min(...loopMs)
    const isKept = cost <= TARGETS.terminalMs
    console.log(
      `\n${LOADED_VARIANTS} variants, ${VIEWERS} viewers, a terminal status${isKept ? '' : ' — TARGET MISSED'}`,
    )
    console.log(`  event loop, best of ${loopMs.length}  ${cost.toFixed(1)} ms (target at most ${TARGETS.terminalMs})`)
    console.log(`  processor             ${Math.min(...cpuMs).toFixed(1)} ms`)
    console.log(`  longest stall         ${Math.min(...stallMs).toFixed(1)} ms`)
    return isKept
  })
}

async function withProcesses<Value>(work: (server: ChildProcess, client: ChildProcess) => Promise<Value>) {
  const dataDir = await mkdtemp(join(tmpdir(), 'docsfy-bench-data-'))
  const env = { ...process.env, DATA_DIR: dataDir, ADMIN_KEY: 'the-admin-key-of-the-bench', LOG_LEVEL: 'error' }
  const [server, client] = ['live-server.ts', 'live-clients.ts'].map((file) =>
    fork(fileURLToPath(new URL(file, import.meta.url)), { env, execArgv: ['--expose-gc'], serialization: 'advanced' }),
  ) as [ChildProcess, ChildProcess]
  try {
    return await work(server, client)
  } finally {
    for (const child of [server, client]) {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
    }
    await rm(dataDir, { recursive: true, force: true })
  }
}

function best(results: Map<TargetName, Measured[]>, target: TargetName): Measured {
  const all = results.get(target) ?? []
  const of = (field: keyof Measured) => all.map((one) => one[field])
  return {
    messagesPerSecond: Math.max(...of('messagesPerSecond')),
    cpuMicros: Math.min(...of('cpuMicros')),
    p50Ms: Math.min(...of('p50Ms')),
    p99Ms: Math.min(...of('p99Ms')),
    missing: Math.max(...of('missing')),
    kbPerConnection: middle(of('kbPerConnection')),
  }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
