import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { rawClient, reader, write } from '#db/client.ts'
import { settings } from '#db/schema.ts'
import { config } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'

const SELF_TEST = 'self_test'

/** Brings the database to the newest schema and proves that what is written can be read by others. Throws `start_up`. */
export async function migrateDatabase(): Promise<void> {
  try {
    if (isFile()) await rawClient().execute('PRAGMA journal_mode = WAL')
    await migrate(reader(), { migrationsFolder: fileURLToPath(new URL('../drizzle', import.meta.url)) })
    await selfTest()
  } catch (error) {
    throw new DocsfyError(
      'start_up',
      `The database ${config().databaseUrl.split('?')[0]} cannot be used: ${reasonOf(error)}`,
      {
        cause: error,
      },
    )
  }
}

function isFile(): boolean {
  return config().databaseUrl.startsWith('file:')
}

/** A write that only its own connection can see would lose every later run without a word; find out now. */
async function selfTest(): Promise<void> {
  const value = randomUUID()
  await write((tx) =>
    tx.insert(settings).values({ key: SELF_TEST, value }).onConflictDoUpdate({ target: settings.key, set: { value } }),
  )
  const other = createClient({ url: config().databaseUrl })
  try {
    const result = await other.execute({ sql: 'SELECT value FROM settings WHERE key = ?', args: [SELF_TEST] })
    if (result.rows[0]?.value !== value) throw new Error('a write was acknowledged but is not on disk')
  } finally {
    other.close()
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
