import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { closeDatabase, write } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import * as schema from '#db/schema.ts'
import { loadGrants } from '#lib/auth/audience.ts'

export const TEST_ADMIN_KEY = 'the-admin-key-of-the-tests'

/**
 * Gives the tests of a file their own data directory with a migrated database, both empty before each test. Call it once, at the
 * top of the file: settings are read once per process. Returns the directory.
 */
export function withTemporaryData(settings: Record<string, string> = {}): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'docsfy-data-'))
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: TEST_ADMIN_KEY, LOG_LEVEL: 'error', ...settings })
  delete process.env.DATABASE_URL
  beforeAll(migrateDatabase)
  beforeEach(async () => {
    for (const folder of ['projects', 'repos']) rmSync(join(dataDir, folder), { recursive: true, force: true })
    await write(async (tx) => {
      await tx.delete(schema.projects)
      await tx.delete(schema.users)
      await tx.delete(schema.sessions)
      await tx.delete(schema.signInTokens)
    })
    await loadGrants()
  })
  afterAll(async () => {
    await closeDatabase()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return dataDir
}
