import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rawClient } from '#db/client.ts'
import { intake } from '#lib/jobs/queue.ts'
import { checkHealth } from '#lib/services/server/health.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const failed = { code: 'unavailable' }

it('notices that the disk takes no file, and that it does again, within a second', async () => {
  expect(await checkHealth(0)).toEqual({ status: 'ok' })
  renameSync(dataDir, `${dataDir}-away`)
  writeFileSync(dataDir, '')
  expect(await checkHealth(1000)).toEqual({ status: 'ok' })
  await expect(checkHealth(1001)).rejects.toMatchObject(failed)
  rmSync(dataDir)
  renameSync(`${dataDir}-away`, dataDir)
  expect(await checkHealth(3000)).toEqual({ status: 'ok' })
})

it('says so while the server stops', async () => {
  intake().isOpen = false
  await expect(checkHealth(4000)).rejects.toMatchObject(failed)
  intake().isOpen = true
})

it('notices that the database does not answer', async () => {
  const client = rawClient()
  client.close()
  await expect(checkHealth(6000)).rejects.toMatchObject(failed)
  await client.reconnect()
  expect(await checkHealth(9000)).toEqual({ status: 'ok' })
})
