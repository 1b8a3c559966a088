import { describe, expect, it } from 'vitest'
import { claimRun } from '#db/queries/queue.ts'
import { recordProgress } from '#db/queries/run-events.ts'
import { abortRun, failInterruptedRuns, finishRun, listRuns, startRun } from '#db/queries/runs.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { parseProviderLimits } from '#lib/domain/provider-limits.ts'
import { generatingVariant, outcome, startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const perProvider = parseProviderLimits('')
const rules = { maxRunning: 2, maxPerUser: 2, perProvider, busyVariants: [], busyRepositories: [] }

describe('starting', () => {
  it('lets one of many simultaneous starts of a variant win', async () => {
    const results = await Promise.all(Array.from({ length: 40 }, () => startRun(startInput('ann', 'lib'))))
    expect(results.filter(Boolean)).toHaveLength(1)
  })

  it('keeps branches apart and the generation id the same from run to run', async () => {
    const first = await generatingVariant('ann', 'lib')
    const other = await generatingVariant('ann', 'lib', { branch: 'next' })
    await finishRun(first.runId, outcome())
    const again = await generatingVariant('ann', 'lib')
    expect(other.variantId).not.toBe(first.variantId)
    expect(again.variantId).toBe(first.variantId)
    expect(again.runId).not.toBe(first.runId)
  })

  it('names a second repository of the same name after its organisation, then by number', async () => {
    const at = (org: string) => ({
      repository: { canonicalUrl: `https://${org}.example/o/lib`, kind: 'url' as const, name: 'lib', org: 'o' },
    })
    const names = [await generatingVariant('ann', 'lib', at('a')), await generatingVariant('ann', 'lib', at('b'))]
    names.push(await generatingVariant('ann', 'lib', at('c')), await generatingVariant('bob', 'lib', at('c')))
    expect(names.map((started) => started.projectName)).toEqual(['lib', 'o-lib', 'o-lib-2', 'lib'])
  })
})

describe('claiming', () => {
  it('respects the global limit, the limit per user, and what is busy', async () => {
    const first = await generatingVariant('ann', 'one')
    await generatingVariant('ann', 'two')
    await generatingVariant('bob', 'three')
    const perUser = { ...rules, maxPerUser: 1 }
    expect((await claimRun(perUser))?.runId).toBe(first.runId)
    expect((await claimRun(perUser))?.name).toBe('three')
    expect(await claimRun(rules)).toBeNull()
    const busyRepositories = ['https://git.example/org/two']
    expect(await claimRun({ ...rules, maxRunning: 9, busyRepositories })).toBeNull()
    expect((await claimRun({ ...rules, maxRunning: 9 }))?.name).toBe('two')
  })

  it('gives users turns, so that a long queue of one delays nobody else', async () => {
    for (let number = 0; number < 20; number += 1) await generatingVariant('ann', `ann-${number}`)
    for (const name of ['bob', 'eve', 'joe']) await generatingVariant(name, `of-${name}`)
    const order: (string | undefined)[] = []
    for (let number = 0; number < 5; number += 1) {
      const claimed = await claimRun({ ...rules, maxRunning: 1 })
      order.push(claimed?.name)
      await finishRun(claimed?.runId ?? '', outcome())
    }
    expect(order).toEqual(['ann-0', 'of-bob', 'of-eve', 'of-joe', 'ann-1'])
  })
})

describe('ending', () => {
  it('gives abort or finish the variant, never both', async () => {
    const { runId, variantId } = await generatingVariant('ann', 'lib')
    const ends = await Promise.all([abortRun(variantId), finishRun(runId, outcome()), abortRun(variantId)])
    expect(ends.filter(Boolean)).toHaveLength(1)
    const variant = await findVariantById(variantId)
    expect(variant?.errorMessage).toBe('Generation aborted by user')
    expect(variant?.status).toBe('aborted')
  })

  it('accepts nothing from a run that a newer one has followed', async () => {
    const old = await generatingVariant('ann', 'lib')
    await abortRun(old.variantId)
    await generatingVariant('ann', 'lib')
    const event = {
      at: new Date().toISOString(),
      event: { kind: 'stage_started' as const, stage: 'planning' as const },
    }
    expect(await recordProgress(old.runId, [event], { currentStage: 'planning' })).toBeNull()
    expect(await finishRun(old.runId, outcome())).toBeNull()
    const variant = await findVariantById(old.variantId)
    expect(variant).toMatchObject({ status: 'generating', currentStage: null })
  })

  it('leaves time, cost and length of the last result alone when nothing was to do', async () => {
    const { runId, variantId } = await generatingVariant('ann', 'lib')
    await finishRun(runId, outcome())
    const before = await findVariantById(variantId)
    const { runId: second } = await generatingVariant('ann', 'lib')
    await finishRun(second, outcome({ upToDate: true, durationMs: 9 }))
    const { lastGenerated, totalCostUsd, generationDurationMs, siteRunId } = before ?? {}
    expect(await findVariantById(variantId)).toMatchObject({
      status: 'ready',
      currentStage: 'up_to_date',
      lastGenerated,
      totalCostUsd,
      generationDurationMs,
      siteRunId,
    })
  })

  it('turns everything active into an error after a restart', async () => {
    const { variantId } = await generatingVariant('ann', 'lib')
    await generatingVariant('ann', 'other')
    await claimRun(rules)
    expect(await failInterruptedRuns()).toBe(2)
    expect(await findVariantById(variantId)).toMatchObject({
      status: 'error',
      currentStage: null,
      errorMessage: 'Server restarted during generation',
    })
    expect((await listRuns(variantId)).map((run) => run.state)).toEqual(['error'])
    expect(await startRun(startInput('ann', 'lib'))).not.toBeNull()
  })
})
