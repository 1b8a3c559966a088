import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { write } from '#db/client.ts'
import { getSetting, putSetting } from '#db/queries/settings.ts'
import { settings } from '#db/schema.ts'
import { config } from '#lib/config.ts'
import { remember } from '#lib/remember.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

remember('database-busy-timeout-ms', () => 100)
withTemporaryData()

async function onDisk(prefix: string): Promise<number> {
  const other = createClient({ url: config().databaseUrl })
  const result = await other.execute({ sql: 'SELECT count(*) n FROM settings WHERE key LIKE ?', args: [`${prefix}%`] })
  other.close()
  return Number(result.rows[0]?.n)
}

describe('write', () => {
  it('puts every acknowledged write on disk, however many come at once', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, i) => putSetting(`many-${i}`, 'x')))
    expect(await onDisk('many-')).toBe(300)
  })

  it('keeps nothing of a transaction that throws, and goes on', async () => {
    const failing = write(async (tx) => {
      await tx.insert(settings).values({ key: 'half', value: 'x' })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await putSetting('after', 'y')
    expect(await getSetting('half')).toBeNull()
    expect(await getSetting('after')).toBe('y')
  })

  it('says that the database is locked while another program holds it, and loses nothing afterwards', async () => {
    const other = createClient({ url: config().databaseUrl })
    const lock = await other.transaction('write')
    await expect(putSetting('locked', 'x')).rejects.toMatchObject({ code: 'unavailable' })
    await lock.rollback()
    await Promise.all(Array.from({ length: 10 }, (_, i) => putSetting(`later-${i}`, 'x')))
    other.close()
    expect(await onDisk('later-')).toBe(10)
  })
})
