import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { write } from '#db/client.ts'
import { putSetting } from '#db/queries/settings.ts'
import { settings } from '#db/schema.ts'
import { inTurn, newWriteQueue } from '#db/write-queue.ts'
import { config } from '#lib/config.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const AT_ONCE = 50

async function onDisk(prefix: string): Promise<number> {
  const other = createClient({ url: config().databaseUrl })
  const result = await other.execute({ sql: 'SELECT count(*) n FROM settings WHERE key LIKE ?', args: [`${prefix}%`] })
  other.close()
  return Number(result.rows[0]?.n)
}

describe('one writer at a time', () => {
  it('control: of transactions that are begun side by side most fail', async () => {
    const client = createClient({ url: `file:${join(dataDir, 'control.db')}`, timeout: 0 })
    await client.execute('CREATE TABLE settings (key TEXT PRIMARY KEY)')
    const writes = Array.from({ length: AT_ONCE }, async (_, index) => {
      const tx = await client.transaction('write')
      await tx.execute({ sql: 'INSERT INTO settings VALUES (?)', args: [`side-${index}`] })
      await tx.commit()
    })
    const failed = (await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected')
    client.close()
    expect(failed.length).toBeGreaterThan(AT_ONCE / 2)
  })

  it('puts every acknowledged write on disk, however many come at once', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, index) => putSetting(`many-${index}`, 'x')))
    expect(await onDisk('many-')).toBe(300)
  })

  it('keeps nothing of a transaction that throws, and goes on', async () => {
    const failing = write(async (tx) => {
      await tx.insert(settings).values({ key: 'half-1', value: 'x' })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await putSetting('after-1', 'y')
    expect([await onDisk('half-'), await onDisk('after-')]).toEqual([0, 1])
  })

  it('keeps the order of asking, and lets nothing overlap', async () => {
    const queue = newWriteQueue()
    const seen: string[] = []
    const work = (name: string, turns: number) => async () => {
      seen.push(`${name} begins`)
      for (let turn = 0; turn < turns; turn += 1) await null
      seen.push(`${name} ends`)
    }
    await Promise.all([inTurn(queue, work('a', 9)), inTurn(queue, work('b', 0))])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
    expect(queue.ended).toBe(2)
  })
})
