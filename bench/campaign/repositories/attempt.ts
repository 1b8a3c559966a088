import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { generateResponseSchema } from '#lib/domain/responses.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { send } from '../../../e2e/api-client.ts'
import type { ServerProcess } from '../../../e2e/server-process.ts'

/** A run that takes longer than this is aborted and told as such. */
const PATIENCE_MS = 90_000
const SAMPLE_MS = 40

export interface Attempt {
  status: string
  message: string | null
  seconds: number
  /** Resident memory of the run's processes together, at its peak. */
  peakMb: number
}

/** Documents a repository as the admin does and waits for the end, watching the memory of everything the run starts. */
export async function attempt(
  { server, dataDir }: { server: ServerProcess; dataDir: string },
  body: { repo_url: string } | { repo_path: string },
): Promise<Attempt> {
  const headers = { authorization: `Bearer ${server.adminKey}` }
  const startMs = performance.now()
  const answer = await send(server.url, '/api/generate', { method: 'POST', headers, body })
  if (answer.status !== 202) {
    const { detail } = answer.json as { detail: string }
    return { status: `refused ${answer.status}`, message: detail, seconds: 0, peakMb: 0 }
  }
  const { generation_id, project } = generateResponseSchema.parse(answer.json)
  let peakMb = 0
  for (;;) {
    peakMb = Math.max(peakMb, runsMb(dataDir))
    const told = await send(server.url, `/api/projects/by-id/${generation_id}`, { headers })
    const parsed = variantRowSchema.safeParse(told.json)
    if (!parsed.success)
      return { status: `answer ${told.status}`, message: told.text.slice(0, 200), seconds: 0, peakMb }
    const row = parsed.data
    const seconds = (performance.now() - startMs) / 1000
    if (row.status !== 'generating') return { status: row.status, message: row.error_message, seconds, peakMb }
    if (seconds * 1000 > PATIENCE_MS) {
      await send(server.url, `/api/projects/${project}/abort`, { method: 'POST', headers, body: {} })
      return { status: 'endless', message: null, seconds, peakMb }
    }
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))
  }
}

/** A worker, and every program it starts, works inside the data directory. */
function runsMb(dataDir: string): number {
  let kilobytes = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(dataDir)) continue
      kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      // The process has ended meanwhile, or is none of ours.
    }
  }
  return kilobytes / 1024
}
