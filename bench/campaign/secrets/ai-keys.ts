import { gunzipSync } from 'node:zlib'
import { variantPath } from '#lib/domain/variant.ts'
import { type Answer, send } from '../../../e2e/api-client.ts'
import type { FaultId } from '../../../e2e/laboratory/faults.ts'
import {
  LABORATORY_PROVIDERS,
  type Laboratory,
  type LaboratoryProvider,
  openLaboratory,
} from '../../../e2e/laboratory/laboratory.ts'
import type { Extent } from '../goal.ts'
import { secretsIn } from './canaries.ts'
import { filesOf } from './files-of.ts'
import { watchEnvironments, watchProcessList } from './process-list.ts'

/** A key is told in an answer, in an error, and used as it should be. */
const FAULTS: Record<Extent, FaultId[]> = { fast: ['tells-key', 'bad-key'], full: ['tells-key', 'bad-key', 'honest'] }
const QUICK: LaboratoryProvider[] = ['claude', 'openai']
const RUNS_AT_ONCE = 3

export interface AiKeys {
  hits: string[]
  places: number
  looks: number
  /** Programs that were seen with the one key that is theirs. */
  holders: number
}

/** Each provider writes with a key of its own, and tells it wherever it can; then the keys are looked for. */
export async function spendAiKeys(extent: Extent): Promise<AiKeys> {
  const providers = extent === 'full' ? LABORATORY_PROVIDERS : QUICK
  const laboratory = await openLaboratory({ callSeconds: 120, runsAtOnce: RUNS_AT_ONCE })
  const { server, keys } = laboratory
  const list = watchProcessList(keys)
  const environments = watchEnvironments(server.dataDir, keys)
  try {
    const told: (readonly [string, Buffer])[] = []
    for (const fault of FAULTS[extent])
      for (let at = 0; at < providers.length; at += RUNS_AT_ONCE) {
        const some = providers.slice(at, at + RUNS_AT_ONCE)
        told.push(...(await Promise.all(some.map((provider) => toldOf(laboratory, provider, fault)))).flat())
      }
    const headers = { authorization: `Bearer ${server.adminKey}` }
    for (const path of ['/api/models', '/api/projects', '/api/admin/settings', '/api/openapi.json', '/'])
      told.push([path, bytesOf(await send(server.url, path, { headers }))])
    const all = [...told, ...(await filesOf(server)), ['log of the server', Buffer.from(server.output())] as const]
    const hits = all.flatMap(([place, content]) => secretsIn(content, keys).map((name) => `${name} in ${place}`))
    const { strangers, holders } = environments.stop()
    return { hits: [...hits, ...list.stop(), ...strangers], places: all.length, looks: list.looks(), holders }
  } finally {
    list.stop()
    environments.stop()
    await laboratory.remove()
  }
}

/** What anybody can read of one run. */
async function toldOf({ server, run }: Laboratory, provider: LaboratoryProvider, fault: FaultId) {
  const { row } = await run(provider, fault)
  const headers = { authorization: `Bearer ${server.adminKey}` }
  const place = `/api/projects/${variantPath({ name: row.name, branch: row.branch, provider, model: fault })}`
  const paths = [`${place}`, `${place}/runs`, `${place}/runs/${row.run_id}/events`]
  const answers = await Promise.all(
    paths.map(async (path) => [path, bytesOf(await send(server.url, path, { headers }))] as const),
  )
  if (row.status !== 'ready') return answers
  const archive = await send(server.url, `${place}/download`, { headers })
  return [...answers, [`${place}/download`, gunzipSync(archive.bytes)] as const]
}

function bytesOf({ headers, bytes }: Answer): Buffer {
  return Buffer.concat([Buffer.from(JSON.stringify(headers)), bytes])
}
