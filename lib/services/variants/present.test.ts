import { describe, expect, it } from 'vitest'
import { recordProgress } from '#db/queries/run-events.ts'
import type { Stage } from '#lib/domain/stages.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()

describe('the row of a variant', () => {
  it('shows no plan of the run before until the new run has its own', async () => {
    const { principal } = await makeAccount('ann')
    await readyVariant('ann', 'lib')
    const { runId } = await generatingVariant('ann', 'lib')
    const shown = async () => (await listProjects(principal)).projects[0]
    const told = (stage: Stage) => [
      { at: '2026-01-02T03:04:05.000Z', event: { kind: 'stage_started' as const, stage } },
    ]
    await recordProgress(runId, told('planning'), { currentStage: 'planning', planJson: '{"old":true}', totalPages: 3 })
    expect(await shown()).toMatchObject({ status: 'generating', plan_json: null, total_pages: null })
    await recordProgress(runId, told('generating_pages'), {
      currentStage: 'generating_pages',
      planJson: '{"new":true}',
      totalPages: 4,
    })
    expect(await shown()).toMatchObject({ plan_json: '{"new":true}', total_pages: 4 })
  })
})
