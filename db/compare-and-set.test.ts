import { createClient } from '@libsql/client'
import { describe, expect, it } from 'vitest'
import { recordProgress } from '#db/queries/run-events.ts'
import { abortRun, finishRun, startRun } from '#db/queries/runs.ts'
import { config } from '#lib/config.ts'
import { generatingVariant, outcome, startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const ROUNDS = 50

describe('a change of status', () => {
  it('control: two who read the status before they write it both believe they won', async () => {
    const { variantId } = await generatingVariant('ann', 'lib')
    const client = createClient({ url: config().databaseUrl })
    async function end(status: string): Promise<boolean> {
      const found = await client.execute({ sql: 'SELECT status FROM variants WHERE id = ?', args: [variantId] })
      if (found.rows[0]?.status !== 'generating') return false
      await client.execute({ sql: 'UPDATE variants SET status = ? WHERE id = ?', args: [status, variantId] })
      return true
    }
    expect(await Promise.all([end('ready'), end('aborted')])).toEqual([true, true])
    client.close()
  })

  it(`has one winner in each of ${ROUNDS} races of the end against an abort and another abort`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { runId, variantId } = await generatingVariant('ann', 'lib')
      const ends = [() => finishRun(runId, outcome()), () => abortRun(variantId), () => abortRun(variantId)]
      const first = round % ends.length
      const racing = [...ends.slice(first), ...ends.slice(0, first)].map((end) => end())
      expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1)
    }
  })

  it('is refused to a run that is not the active one any more', async () => {
    const old = await generatingVariant('ann', 'lib')
    await abortRun(old.variantId)
    await startRun(startInput('ann', 'lib'))
    expect(await finishRun(old.runId, outcome())).toBeNull()
    expect(await recordProgress(old.runId, [], { pageCount: 9 })).toBeNull()
  })
})
