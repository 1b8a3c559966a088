import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createClient, type InStatement } from '@libsql/client'
import type { ServerProcess } from './server-process.ts'

const PROJECTS = 40
const VARIANTS_EACH = 25

/** 1,000 variants of admin, as finished generations leave them (`bench-00` … `bench-39`, each `branch-0` … `branch-24`). Restarts the server. */
export async function storeManyVariants(server: ServerProcess): Promise<void> {
  await server.stop()
  const database = createClient({ url: `file:${join(server.dataDir, 'docsfy.db')}` })
  const now = new Date().toISOString()
  const rows: InStatement[] = []
  for (let project = 0; project < PROJECTS; project += 1) {
    const id = randomUUID()
    const name = `bench-${String(project).padStart(2, '0')}`
    rows.push({
      sql: 'insert into projects (id, owner, name, canonical_url, kind, created_at) values (?, ?, ?, ?, ?, ?)',
      args: [id, 'admin', name, `https://git.example/bench/${name}`, 'url', now],
    })
    for (let variant = 0; variant < VARIANTS_EACH; variant += 1)
      rows.push({
        sql: `insert into variants (id, project_id, branch, provider, model, status, page_count, total_pages, last_generated,
          created_at, updated_at) values (?, ?, ?, 'builtin', 'static', 'ready', 0, 200, ?, ?, ?)`,
        args: [randomUUID(), id, `branch-${variant}`, now, now, now],
      })
  }
  await database.batch(rows, 'write')
  database.close()
  await server.start()
}
