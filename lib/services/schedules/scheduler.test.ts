import { describe, expect, it } from 'vitest'
import { abortRun, finishRun, listRuns } from '#db/queries/runs.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { getSchedule, listSchedules } from '#lib/services/schedules/get.ts'
import { removeSchedule } from '#lib/services/schedules/remove.ts'
import { checkDue, startScheduler } from '#lib/services/schedules/scheduler.ts'
import { setSchedule } from '#lib/services/schedules/set.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true' })
const remote = withRemoteRepository()
const query = { name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
const daily = { cron: ' 0  3 * * * ', time_zone: 'UTC' }
const DAY_MS = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const { signal } = new AbortController()

/** ann's documentation of the repository at `commit`, looked at daily. */
async function scheduled(commit: string) {
  const { principal: ann } = await makeAccount('ann')
  const canonicalUrl = `${remote.server.url}/sample`
  const repository = { canonicalUrl, kind: 'url' as const, name: 'sample', org: null }
  const { variantId, runId } = await generatingVariant('ann', 'sample', { repository })
  await finishRun(runId, outcome({ commit }))
  await setSchedule(ann, query, daily)
  return { ann, variantId }
}

async function triggersOf(variantId: string): Promise<string[]> {
  return (await listRuns(variantId)).map(({ trigger }) => trigger)
}

describe('a schedule that is due', () => {
  it('starts no run while the branch stays, one when it has moved, and says so', async () => {
    const { ann, variantId } = await scheduled(remote.repository.commit)
    expect(await checkDue(new Date(), signal)).toBe(0)
    const first = later(1)
    expect(await checkDue(first, signal)).toBe(1)
    const checked = (await getSchedule(ann, query)).schedule
    expect(checked).toMatchObject({ cron: '0 3 * * *', last_result: 'unchanged', last_checked_at: first.toISOString() })
    expect(checked?.last_message).toBe(`main is still at ${remote.repository.commit.slice(0, 12)}`)
    expect(await triggersOf(variantId)).toEqual(['api'])

    const moved = await remote.repository.write({ 'b.ts': 'export const b = 1\n' }, 'More')
    await checkDue(later(2), signal)
    const started = (await getSchedule(ann, query)).schedule
    expect(started).toMatchObject({
      last_result: 'started',
      last_message: expect.stringContaining(`to ${moved.slice(0, 12)}`),
    })
    expect(await triggersOf(variantId)).toEqual(['schedule', 'api'])
    await checkDue(later(3), signal)
    expect((await getSchedule(ann, query)).schedule).toMatchObject({ last_result: 'generating' })
  })

  it('makes up for all the times of a long downtime by one check', async () => {
    const { ann, variantId } = await scheduled('0'.repeat(40))
    const now = later(40)
    expect(await checkDue(now, signal)).toBe(1)
    await abortRun(variantId)
    expect(await checkDue(now, signal)).toBe(0)
    const { schedule } = await getSchedule(ann, query)
    expect(schedule?.next_at.localeCompare(now.toISOString())).toBe(1)
    expect(await triggersOf(variantId)).toEqual(['schedule', 'api'])
  })

  it('says why the repository could not be asked, and looks again the next time', async () => {
    const { ann, variantId } = await scheduled('0'.repeat(40))
    await remote.server.close()
    await checkDue(later(1), signal)
    expect((await getSchedule(ann, query)).schedule).toMatchObject({
      last_result: 'failed',
      last_message: expect.stringContaining('could not be fetched'),
    })
    expect(await checkDue(later(2), signal)).toBe(1)
    expect(await triggersOf(variantId)).toEqual(['api'])
  })

  it('ends its check when the server stops, and keeps it for the next start', async () => {
    const { ann } = await scheduled('0'.repeat(40))
    const stopping = AbortSignal.abort()
    await expect(checkDue(later(1), stopping)).rejects.toMatchObject({ code: 'aborted' })
    expect((await getSchedule(ann, query)).schedule).toMatchObject({ last_checked_at: null })
    await startScheduler()()
  })
})

describe('who may do what', () => {
  it('those who may read a project see its schedules, those who may change it set and end them', async () => {
    const { ann } = await scheduled('0'.repeat(40))
    const { principal: bob } = await makeAccount('bob')
    await expect(getSchedule(bob, query)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listSchedules(bob)).schedules).toEqual([])
    await grantAccess(await adminPrincipal(), { name: 'sample', owner: 'ann', username: 'bob' })
    expect((await listSchedules(bob)).schedules).toEqual([(await getSchedule(bob, query)).schedule])
    await expect(setSchedule(bob, query, daily)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeSchedule(bob, query)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await removeSchedule(ann, query)).toEqual({ deleted: 'sample/main/builtin/static' })
    await expect(removeSchedule(ann, query)).rejects.toMatchObject({ code: 'not_found' })
    expect(await getSchedule(ann, query)).toEqual({ schedule: null })
  })
})
