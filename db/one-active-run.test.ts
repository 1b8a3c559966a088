import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { rawClient } from '#db/client.ts'
import { startRun } from '#db/queries/runs.ts'
import { generatingVariant, startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()

/** Looks whether a run is active and, when there is none, adds one: what a Map in a process would do, too. */
async function checkThenInsert(client: Client, variantId: string): Promise<void> {
  const active = await client.execute({
    sql: "SELECT 1 FROM runs WHERE variant_id = ? AND state IN ('waiting', 'running')",
    args: [variantId],
  })
  if (active.rows.length > 0) return
  await client.execute({
    sql: `INSERT INTO runs (id, variant_id, trigger, requested_by, provider, model, force, state, queued_at)
          VALUES (?, ?, 'api', 'ann', 'builtin', 'static', 0, 'waiting', '')`,
    args: [randomUUID(), variantId],
  })
}

/** A copy of the database with one variant that has no run. */
async function copyWithVariant(): Promise<{ client: Client; variantId: string }> {
  const { variantId, runId } = await generatingVariant('ann', 'lib')
  await rawClient().execute('PRAGMA wal_checkpoint(TRUNCATE)')
  const path = join(dataDir, `copy-${randomUUID()}.db`)
  await copyFile(join(dataDir, 'docsfy.db'), path)
  const client = createClient({ url: `file:${path}` })
  await client.execute({ sql: 'DELETE FROM runs WHERE id = ?', args: [runId] })
  return { client, variantId }
}

async function activeRuns(client: Client): Promise<number> {
  const found = await client.execute("SELECT count(*) n FROM runs WHERE state IN ('waiting', 'running')")
  return Number(found.rows[0]?.n)
}

describe('one active run per variant', () => {
  it('control: without the unique index, looking first lets two in', async () => {
    const { client, variantId } = await copyWithVariant()
    await client.execute('DROP INDEX runs_one_active')
    await Promise.all([checkThenInsert(client, variantId), checkThenInsert(client, variantId)])
    expect(await activeRuns(client)).toBe(2)
    client.close()
  })

  it('is kept by the unique index, whatever the program did', async () => {
    const { client, variantId } = await copyWithVariant()
    const both = await Promise.allSettled([checkThenInsert(client, variantId), checkThenInsert(client, variantId)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await activeRuns(client)).toBe(1)
    client.close()
  })

  it('of 50 starts at once one is taken, and the others are told', async () => {
    const starts = await Promise.all(Array.from({ length: 50 }, () => startRun(startInput('bob', 'lib'))))
    expect(starts.filter(Boolean)).toHaveLength(1)
  })
})
