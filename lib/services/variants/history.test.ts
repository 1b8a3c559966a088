import { expect, it } from 'vitest'
import { finishRun } from '#db/queries/runs.ts'
import { listVariantRuns } from '#lib/services/variants/history.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData({ KEEP_RUNS: '103' })

const query = { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

it('lists every run that the setting keeps, the newest first', async () => {
  const { principal: ann } = await makeAccount('ann')
  const started: string[] = []
  for (let number = 0; number < 103; number += 1) {
    const { runId } = await generatingVariant('ann', 'lib')
    await finishRun(runId, outcome())
    started.push(runId)
  }
  const { runs } = await listVariantRuns(ann, query)
  expect(runs.map(({ run_id }) => run_id).sort()).toEqual(started.sort())
  const times = runs.map(({ queued_at }) => queued_at)
  expect(times).toEqual(times.toSorted().reverse())
})
