import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toldWhenDiskFails } from '#db/disk-problem.ts'

let folder = ''
let client: Client
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-full-'))
  client = createClient({ url: `file:${join(folder, 'small.db')}` })
  await client.execute('CREATE TABLE rows (text TEXT UNIQUE)')
})
afterEach(async () => {
  client.close()
  await rm(folder, { recursive: true, force: true })
})

it('a full disk is told in a sentence, and what is written afterwards counts', async () => {
  await client.execute('PRAGMA max_page_count = 8')
  const write = (text: string) =>
    toldWhenDiskFails(() => client.execute({ sql: 'INSERT INTO rows VALUES (?)', args: [text] }))
  await expect(write('x'.repeat(1_000_000))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('full'),
  })
  await write('fits')
  await expect(write('fits')).rejects.toMatchObject({ code: expect.stringContaining('SQLITE_CONSTRAINT') })
  const other = createClient({ url: `file:${join(folder, 'small.db')}` })
  expect((await other.execute('SELECT count(*) n FROM rows')).rows[0]?.n).toBe(1)
  other.close()
})
