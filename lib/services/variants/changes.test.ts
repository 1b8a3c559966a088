import { expect, it } from 'vitest'
import { reader } from '#db/client.ts'
import { finishRun } from '#db/queries/runs.ts'
import { deleteVariants } from '#db/queries/variants.ts'
import { runSummaries } from '#db/schema.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { compareRuns } from '#lib/services/variants/changes.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { makeFacts, makeFile, makeSymbol } from '#lib/testing/make-facts.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { packSummary } from '#lib/update/packed-summary.ts'

withTemporaryData()

const query = { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

function factsWith(signature: string): Facts {
  return makeFacts({ files: [makeFile('a.ts')], symbols: [makeSymbol('a.ts', 'login', { signature })] })
}

async function finished(signature: string, commit: string): Promise<string> {
  const { runId } = await generatingVariant('ann', 'lib')
  await finishRun(runId, outcome({ commit, factsSummary: await packSummary(factsWith(signature)) }))
  return runId
}

async function upToDate(commit: string): Promise<string> {
  const { runId } = await generatingVariant('ann', 'lib')
  await finishRun(runId, outcome({ commit, upToDate: true }))
  return runId
}

it('compares the last two runs, or any two, also those that found nothing to do', async () => {
  const { principal: ann } = await makeAccount('ann')
  const one = await finished('login()', 'a'.repeat(40))
  await expect(compareRuns(ann, query, {})).rejects.toThrow('no two finished runs')
  const same = await upToDate('a'.repeat(40))
  const two = await finished('login(name)', 'b'.repeat(40))
  const answer = await compareRuns(ann, query, {})
  expect(answer).toMatchObject({ from: { run_id: one }, to: { run_id: two }, total: 1 })
  expect(answer.changes[0]).toMatchObject({
    change: 'signature',
    name: 'login',
    before: 'login()',
    after: 'login(name)',
  })
  expect((await compareRuns(ann, query, { from: two, to: same })).from.commit).toBe('b'.repeat(40))
})

it('compares an older run with the one before it, not with a later one', async () => {
  const { principal: ann } = await makeAccount('ann')
  const one = await finished('login()', 'a'.repeat(40))
  const two = await finished('login(name)', 'b'.repeat(40))
  await finished('login(name, key)', 'c'.repeat(40))
  const { from, to, changes } = await compareRuns(ann, query, { to: two })
  expect([from.run_id, to.run_id]).toEqual([one, two])
  expect(changes).toMatchObject([{ before: 'login()', after: 'login(name)' }])
  await expect(compareRuns(ann, query, { to: one })).rejects.toThrow('no two finished runs')
})

it('says which run cannot be compared, and keeps nothing longer than its run', async () => {
  const { principal: ann } = await makeAccount('ann')
  const one = await finished('login()', 'a'.repeat(40))
  const { runId, variantId } = await generatingVariant('ann', 'lib')
  await finishRun(runId, outcome({ status: 'error', message: 'no' }))
  await expect(compareRuns(ann, query, { from: one, to: runId })).rejects.toThrow('left nothing to compare')
  await expect(compareRuns(ann, query, { from: one, to: 'nobody' })).rejects.toThrow('no run nobody')
  expect(await reader().select().from(runSummaries)).toHaveLength(1)
  await deleteVariants([variantId])
  expect(await reader().select().from(runSummaries)).toHaveLength(0)
})
