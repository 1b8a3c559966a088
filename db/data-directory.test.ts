import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeDataDirectory } from '#db/data-directory.ts'

let work = ''
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'docsfy-lock-'))
})
afterEach(() => rm(work, { recursive: true, force: true }))

const ROWS = 20
/** Another program on the same database: is refused once, then writes rows and says how many were acknowledged. */
const SECOND = `import { once } from 'node:events'
import { createClient } from '@libsql/client'
const client = createClient({ url: 'file:' + process.argv[1] + '/docsfy.db', timeout: 0 })
const insert = (n) => client.execute({ sql: 'INSERT INTO rows VALUES (?)', args: [n] }).then(() => 1, () => 0)
await insert(0)
process.stdout.write('refused ')
await once(process.stdin, 'data')
let acknowledged = 0
for (let row = 0; row < ${ROWS}; row += 1) acknowledged += await insert(row)
process.stdout.write(String(acknowledged), () => process.exit(0))`

it('control: without the lock, a second program is told that rows are stored which are lost', async () => {
  const first = createClient({ url: `file:${join(work, 'docsfy.db')}` })
  await first.execute('PRAGMA journal_mode = WAL')
  await first.execute('CREATE TABLE rows (n INTEGER)')
  const writing = await first.transaction('write')
  const second = spawn(process.execPath, ['--input-type=module', '-e', SECOND, work])
  await once(second.stdout, 'data')
  await writing.rollback()
  second.stdin.write('go')
  expect(await text(second.stdout)).toBe(String(ROWS))
  const onDisk = await first.execute('SELECT count(*) n FROM rows')
  first.close()
  expect(onDisk.rows[0]?.n).toBe(0)
})

it('refuses a directory that another process uses, and takes it once that process was killed', async () => {
  const script = `import { takeDataDirectory } from ${JSON.stringify(import.meta.resolve('#db/data-directory.ts'))}
await takeDataDirectory(process.argv[1]); process.stdout.write('taken'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, work])
  await once(holder.stdout, 'data')
  await expect(takeDataDirectory(work)).rejects.toMatchObject({
    code: 'start_up',
    message: expect.stringContaining('Another docsfy server'),
  })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const release = await takeDataDirectory(work)
  await release()
})

it('says which directory cannot be written', async () => {
  await writeFile(join(work, 'file'), '')
  for (const path of [join(work, 'file', 'data'), '/proc/docsfy-data'])
    await expect(takeDataDirectory(path)).rejects.toMatchObject({
      code: 'start_up',
      message: expect.stringContaining(path),
    })
})
