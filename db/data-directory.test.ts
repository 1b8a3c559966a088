import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
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
/**
 * Another program on the same database: is refused once, then writes rows and says how many were acknowledged. It stands
 * still in between, because what the refused statement left lasts until memory is tidied.
 */
const SECOND = `import { existsSync, writeSync } from 'node:fs'
import { createClient } from '@libsql/client'
const folder = process.argv[1]
const client = createClient({ url: 'file:' + folder + '/docsfy.db', timeout: 0 })
const insert = (n) => client.execute({ sql: 'INSERT INTO rows VALUES (?)', args: [n] }).then(() => 1, () => 0)
await insert(0)
writeSync(1, 'refused ')
const clock = new Int32Array(new SharedArrayBuffer(4))
while (!existsSync(folder + '/go')) Atomics.wait(clock, 0, 0, 5)
let acknowledged = 0
for (let row = 0; row < ${ROWS}; row += 1) acknowledged += await insert(row)
writeSync(1, String(acknowledged))
process.exit(0)`

/** How many rows two programs lose of those they were told are stored. */
async function lostRows(): Promise<number> {
  const folder = await mkdtemp(join(work, 'shared-'))
  const first = createClient({ url: `file:${join(folder, 'docsfy.db')}` })
  await first.execute('PRAGMA journal_mode = WAL')
  await first.execute('CREATE TABLE rows (n INTEGER)')
  const writing = await first.transaction('write')
  const second = spawn(process.execPath, ['--input-type=module', '-e', SECOND, folder])
  await once(second.stdout, 'data')
  await writing.rollback()
  await writeFile(join(folder, 'go'), '')
  const acknowledged = Number(await text(second.stdout))
  const onDisk = await first.execute('SELECT count(*) n FROM rows')
  first.close()
  return acknowledged - Number(onDisk.rows[0]?.n)
}

it('control: without the lock, a second program is told that rows are stored which are lost', async () => {
  let lost = 0
  for (let round = 0; round < 5 && lost === 0; round += 1) lost = await lostRows()
  expect(lost).toBe(ROWS)
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

it('makes a directory that nobody else may look into', async () => {
  const folder = join(work, 'deep', 'data')
  const release = await takeDataDirectory(folder)
  const modes = await Promise.all([folder, join(work, 'deep')].map(async (path) => (await stat(path)).mode & 0o077))
  expect(modes[0]).toBe(0)
  expect(modes[1]).not.toBe(0)
  await release()
})
