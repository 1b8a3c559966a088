import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DATA_VARIABLE, RUN_VARIABLE } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { generateResponseSchema } from '#lib/domain/responses.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { variantPath } from '#lib/domain/variant.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { send } from '../api-client.ts'
import { type ServerProcess, startServerProcess } from '../server-process.ts'
import { type FaultId, faultOf, type Kind } from './faults.ts'
import { installTools, TOOL_OF, type ToolProvider } from './install-tools.ts'
import { LABORATORY_FILES } from './sayings.ts'
import { API_PROVIDERS, startVendors } from './vendors.ts'

export const LABORATORY_PROVIDERS = [...(Object.keys(TOOL_OF) as ToolProvider[]), ...API_PROVIDERS]
export type LaboratoryProvider = (typeof LABORATORY_PROVIDERS)[number]

const PATIENCE_MS = 180_000
const LOOK_MS = 200
/** What a run has started is gone within this time after its end. */
const GONE_MS = 12_000

/** What a user and the machine see of one run. */
export interface Observed {
  row: VariantRow
  /** From the start of the run to its end. */
  ms: number
  /** Texts of the published pages, and who wrote them. */
  pages: { markdown: string; provider: string }[]
  /** Processes of the run that are still there after its end. */
  processes: number
  /** Most memory its worker had, in MB. */
  workerMb: number
  /** Variables whose value a user can read. */
  keys: string[]
}

export interface Laboratory {
  server: ServerProcess
  /** Keys of the providers by variable. */
  keys: Record<string, string>
  run(provider: LaboratoryProvider, fault: FaultId): Promise<Observed>
  /** Memory of the server now, in MB. */
  serverMb(): Promise<number>
  remove(): Promise<void>
}

export function kindOf(provider: LaboratoryProvider): Kind {
  return isTool(provider) ? 'program' : 'api'
}

/** A docsfy server with all ten providers as its only neighbours. A call may take `callSeconds`. */
export async function openLaboratory({
  callSeconds,
  runsAtOnce,
}: {
  callSeconds: number
  runsAtOnce: number
}): Promise<Laboratory> {
  const [vendors, tools] = [await startVendors(), installTools()]
  const repository = await createTempRepository({ files: LABORATORY_FILES, name: 'harbour' })
  const server = await startServerProcess({
    ...vendors.variables,
    PATH: `${tools.folder}:/usr/bin:/bin`,
    HOME: tools.folder,
    AI_CALL_TIMEOUT_SECONDS: String(callSeconds),
    MAX_CONCURRENT_RUNS: String(runsAtOnce),
    MAX_RUNS_PER_USER: String(runsAtOnce),
    MAX_RUNS_PER_PROVIDER: String(runsAtOnce),
    LOG_LEVEL: 'debug',
  })
  const headers = { authorization: `Bearer ${server.adminKey}` }
  const memory = watchMemory(server.dataDir)
  const wasAsked = (provider: LaboratoryProvider, fault: FaultId) =>
    isTool(provider) ? tools.wasAsked(provider, fault) : vendors.wasAsked(provider, fault)

  async function rowOf(id: string): Promise<VariantRow> {
    return variantRowSchema.parse((await send(server.url, `/api/projects/by-id/${id}`, { headers })).json)
  }

  async function run(provider: LaboratoryProvider, fault: FaultId): Promise<Observed> {
    const body = { repo_path: repository.path, ai_provider: provider, ai_model: fault, force: true }
    const started = await send(server.url, '/api/generate', { method: 'POST', headers, body })
    if (started.status !== 202) throw new Error(`The generation was refused: ${started.text.slice(0, 200)}`)
    const { generation_id: id } = generateResponseSchema.parse(started.json)
    let row = await rowOf(id)
    let isAborted = false
    for (const deadlineMs = performance.now() + PATIENCE_MS; row.status === 'generating'; row = await rowOf(id)) {
      if (performance.now() > deadlineMs) throw new Error(`${fault} of ${provider} does not end`)
      if (faultOf(fault).isAborted && !isAborted && wasAsked(provider, fault)) {
        isAborted = true
        const identity = { name: row.name, branch: row.branch, provider, model: fault }
        await send(server.url, `/api/projects/${variantPath(identity)}/abort`, { method: 'POST', headers })
      }
      await wait(LOOK_MS)
    }
    const runId = row.run_id ?? ''
    const folder = variantFolder(server.dataDir, {
      owner: 'admin',
      name: row.name,
      branch: row.branch,
      provider,
      model: fault,
    })
    const pages = row.status === 'ready' ? await pagesIn(join(folder, 'pages')) : []
    return {
      row,
      ms: (row.generation_duration ?? 0) * 1000,
      pages,
      processes: await processesLeft(runId),
      workerMb: memory.mostOf(runId),
      keys: Object.entries(vendors.keys).flatMap(([name, key]) =>
        JSON.stringify([row, pages]).includes(key) ? [name] : [],
      ),
    }
  }
  return {
    server,
    keys: vendors.keys,
    run,
    serverMb: async () => {
      const [id] = await processesWith('DATA_DIR', server.dataDir)
      return id === undefined ? 0 : memoryMb(await statusOf(id), 'VmRSS')
    },
    async remove() {
      memory.stop()
      await server.remove()
      await vendors.close()
      tools.remove()
      await repository.remove()
    },
  }
}

function isTool(provider: LaboratoryProvider): provider is ToolProvider {
  return provider in TOOL_OF
}

async function pagesIn(folder: string): Promise<Observed['pages']> {
  const files = await readdir(folder)
  const slugs = files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3))
  return await Promise.all(
    slugs.map(async (slug) => ({
      markdown: await readFile(join(folder, `${slug}.md`), 'utf8'),
      provider: JSON.parse(await readFile(join(folder, `${slug}.json`), 'utf8')).provider,
    })),
  )
}

async function processesLeft(runId: string): Promise<number> {
  for (const deadlineMs = performance.now() + GONE_MS; ; await wait(LOOK_MS)) {
    const left = (await processesWith(RUN_VARIABLE, runId)).length
    if (left === 0 || performance.now() > deadlineMs) return left
  }
}

/** Looks at the workers of a server, again and again: the most memory each had. */
function watchMemory(dataDir: string) {
  const most = new Map<string, number>()
  let isOver = false
  async function look(): Promise<void> {
    for (const id of await processesWith(DATA_VARIABLE, dataDir)) {
      const command = await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')
      if (!command.includes('jobs/worker.ts')) continue
      const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '')
      const runId = environment
        .split('\0')
        .find((one) => one.startsWith(`${RUN_VARIABLE}=`))
        ?.slice(RUN_VARIABLE.length + 1)
      if (runId) most.set(runId, Math.max(most.get(runId) ?? 0, memoryMb(await statusOf(id), 'VmHWM')))
    }
    if (!isOver) setTimeout(() => void look(), LOOK_MS)
  }
  void look()
  return {
    mostOf: (runId: string) => most.get(runId) ?? 0,
    stop() {
      isOver = true
    },
  }
}

async function statusOf(id: number): Promise<string> {
  return await readFile(`/proc/${id}/status`, 'latin1').catch(() => '')
}

function memoryMb(status: string, field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`${field}:\\s*(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024
}
