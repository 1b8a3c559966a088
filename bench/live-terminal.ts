import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { write } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { finishRun, startRun } from '#db/queries/runs.ts'
import { grants, projects } from '#db/schema.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import { abortActiveRun, enqueueRun } from '#lib/jobs/queue.ts'
import { createHub } from '#lib/live/hub.ts'
import { dispatchUpgrades } from '#lib/live/upgrade.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { outcome, startInput } from '#lib/testing/stored-variant.ts'
import type { Target } from './live-targets.ts'

export const LOADED_VARIANTS = 1000
const BRANCHES = 10
const OWNER = 'bench'
/** A status, the sync after it and all bytes to the kernel take less. */
const WINDOW_MS = 1200

/** Our server with 1,000 variants in 100 projects, every one granted to every user. */
export async function startLoaded(users: number): Promise<Target> {
  await migrateDatabase()
  for (let index = 0; index < LOADED_VARIANTS; index += 1) {
    const started = await startRun(inputFor(index))
    if (started) await finishRun(started.runId, outcome())
  }
  const keys: string[] = []
  for (let index = 0; index < users; index += 1) keys.push((await makeAccount(`user${index}`)).key)
  await write(async (tx) => {
    const createdAt = new Date().toISOString()
    for (const { id: projectId } of await tx.select({ id: projects.id }).from(projects))
      await tx.insert(grants).values(keys.map((_, index) => ({ projectId, username: `user${index}`, createdAt })))
  })
  await loadGrants()
  const server = createServer()
  dispatchUpgrades(server, { hub: createHub(), next: null })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, keys, broadcast: () => undefined }
}

export interface TerminalCosts {
  loopMs: number[]
  cpuMs: number[]
  stallMs: number[]
}

/** Milliseconds of event loop and of processor, beyond what an idle window costs, and the longest stall, for each terminal status. */
export async function measureTerminal(rounds: number): Promise<TerminalCosts> {
  const idle = await observe(async () => undefined)
  const measured: (typeof idle)[] = []
  for (let round = 0; round < rounds; round += 1) {
    const input = inputFor(round)
    const started = await enqueueRun(input)
    await wait(WINDOW_MS)
    const { owner, branch, provider, model } = input
    const identity = { owner, branch, provider, model, name: input.repository.name }
    measured.push(await observe(() => abortActiveRun(started?.variantId ?? '', identity)))
  }
  return {
    loopMs: measured.map(({ loopMs }) => loopMs - idle.loopMs),
    cpuMs: measured.map(({ cpuMs }) => cpuMs - idle.cpuMs),
    stallMs: measured.map(({ stallMs }) => stallMs),
  }
}

async function observe(act: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const before = performance.eventLoopUtilization()
  const cpuBefore = process.cpuUsage()
  delay.enable()
  await act()
  await wait(WINDOW_MS)
  delay.disable()
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    cpuMs: (user + system) / 1000,
    loopMs: performance.eventLoopUtilization(before).active,
    stallMs: delay.max / 1e6,
  }
}

function inputFor(index: number) {
  const name = `project-${Math.floor(index / BRANCHES)}`
  return startInput(OWNER, name, { branch: `branch-${index % BRANCHES}` })
}
