import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { variantFolder } from '#lib/domain/folders.ts'
import { parsePlan, planPages } from '#lib/domain/plan.ts'
import { identityOf, type VariantRow, variantPath } from '#lib/domain/variant.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { type Answer, type Sent, send } from '../../../e2e/api-client.ts'
import type { ServerProcess } from '../../../e2e/server-process.ts'

const ASK_EVERY_MS = 200

/** One variant on a server, as a person who waits for it sees it. */
export class Documented {
  private readonly server: ServerProcess
  private readonly repository: string

  constructor(server: ServerProcess, repository: string) {
    this.server = server
    this.repository = repository
  }

  ask(path: string, sent: Sent = {}): Promise<Answer> {
    return send(this.server.url, path, {
      ...sent,
      headers: { authorization: `Bearer ${this.server.adminKey}`, ...sent.headers },
    })
  }

  /** Status of the answer; null when there was none. */
  async generate(): Promise<number | null> {
    const body = { repo_url: this.repository, force: true }
    const answer = await this.ask('/api/generate', { method: 'POST', body }).catch(() => null)
    return answer?.status ?? null
  }

  /** The row as the server has it now; null when it does not say. */
  async row(): Promise<VariantRow | null> {
    const answer = await this.ask('/api/projects/sample/main/builtin/static').catch(() => null)
    return answer?.status === 200 ? variantRowSchema.parse(answer.json) : null
  }

  /** The row once no run is active, or null after `withinMs`. */
  async settled(withinMs: number): Promise<VariantRow | null> {
    return await until(withinMs, async () => {
      const row = await this.row()
      return row && row.status !== 'generating' ? row : null
    })
  }

  /** What is not as a `ready` row of this commit says; nothing for any other status. */
  async falseReady(row: VariantRow | null, commit: string): Promise<string[]> {
    if (row?.status !== 'ready') return []
    const problems = row.last_commit_sha === commit ? [] : [`ready at ${row.last_commit_sha}, pushed was ${commit}`]
    const folder = join(variantFolder(this.server.dataDir, identityOf(row)), 'pages')
    const written = (await readdir(folder)).filter((name) => name.endsWith('.md')).length
    if (written !== row.page_count) problems.push(`${row.page_count} pages told, ${written} on disk`)
    const plan = parsePlan(row.plan_json)
    if (!plan) problems.push('its plan cannot be read')
    for (const { slug } of plan ? planPages(plan) : [])
      if ((await this.page(`${slug}.html`)) !== 200) problems.push(`page ${slug} is not served`)
    return problems
  }

  /** Status of a page of the published site; null when there was no answer. */
  async page(name: string): Promise<number | null> {
    const path = variantPath({ name: 'sample', branch: 'main', provider: 'builtin', model: 'static' })
    return (await this.ask(`/docs/${path}/${name}`).catch(() => null))?.status ?? null
  }
}

/** Asks again and again; null when nothing came within the time. */
export async function until<Value>(withinMs: number, ask: () => Promise<Value | null>): Promise<Value | null> {
  const endMs = performance.now() + withinMs
  while (performance.now() < endMs) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return null
}
