import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { retriedOnceWhenBusy } from '#db/busy-rule.ts'
import { putSetting } from '#db/queries/settings.ts'
import { config } from '#lib/config.ts'
import { remember } from '#lib/remember.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

remember('database-busy-timeout-ms', () => 100)
const dataDir = withTemporaryData()

const ROWS = 10

/** A database of its own for each experiment: what goes wrong in one must not hold the lock of another. */
async function freshDatabase(): Promise<string> {
  const url = `file:${join(dataDir, `${randomUUID()}.db`)}`
  const client = createClient({ url })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT)')
  client.close()
  return url
}

function insert(client: Client, key: string) {
  return client.execute({ sql: 'INSERT INTO settings VALUES (?, ?)', args: [key, 'x'] })
}

async function countIn(url: string, prefix: string): Promise<number> {
  const client = createClient({ url })
  const count = await countOf(client, prefix)
  client.close()
  return count
}

async function countOf(client: Client, prefix: string): Promise<number> {
  const sql = 'SELECT count(*) n FROM settings WHERE key LIKE ?'
  const result = await client.execute({ sql, args: [`${prefix}%`] })
  return Number(result.rows[0]?.n)
}

/** Takes the database's write lock as another program would. Returns how to give it back. */
async function lockOf(url: string): Promise<() => Promise<void>> {
  const other = createClient({ url })
  const lock = await other.transaction('write')
  return async () => {
    await lock.rollback()
    lock.close()
    other.close()
  }
}

/** Rows on disk of those that were acknowledged; what a refused statement leaves lasts until memory is tidied. */
async function rowsOfRefusedConnection(): Promise<number> {
  const url = await freshDatabase()
  const bare = createClient({ url, timeout: 0 })
  const unlock = await lockOf(url)
  await expect(insert(bare, 'refused')).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  await unlock()
  for (let row = 0; row < ROWS; row += 1) await insert(bare, `bare-${row}`)
  expect(await countOf(bare, 'bare-')).toBe(ROWS)
  const onDisk = await countIn(url, 'bare-')
  bare.close()
  return onDisk
}

describe('after SQLITE_BUSY', () => {
  it('control: a connection that was refused once acknowledges writes that never reach the disk', async () => {
    let onDisk = ROWS
    for (let round = 0; round < 5 && onDisk === ROWS; round += 1) onDisk = await rowsOfRefusedConnection()
    expect(onDisk).toBe(0)
  })

  it('says that the database is locked, and loses nothing of what is acknowledged afterwards', async () => {
    const unlock = await lockOf(config().databaseUrl)
    await expect(putSetting('kept-refused', 'x')).rejects.toMatchObject({ code: 'unavailable' })
    await unlock()
    for (let row = 0; row < ROWS; row += 1) await putSetting(`kept-${row}`, 'x')
    expect(await countIn(config().databaseUrl, 'kept-')).toBe(ROWS)
  })

  it('tries once more by itself, over a connection whose writes count', async () => {
    const url = await freshDatabase()
    const client = createClient({ url, timeout: 0 })
    const unlock = await lockOf(url)
    let attempts = 0
    await retriedOnceWhenBusy(client, async () => {
      attempts += 1
      if (attempts === 2) await unlock()
      return insert(client, 'again-1')
    })
    await insert(client, 'again-2')
    expect([attempts, await countIn(url, 'again-')]).toEqual([2, 2])
    client.close()
  })
})
