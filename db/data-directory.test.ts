import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeDataDirectory } from '#db/data-directory.ts'

let work = ''
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'docsfy-lock-'))
})
afterEach(() => rm(work, { recursive: true, force: true }))

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
