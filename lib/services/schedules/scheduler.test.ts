import { describe, expect, it } from 'vitest'
import { abortRun, finishRun, listRuns } from '#db/queries/runs.ts'
import { ownersWithDue } from '#db/queries/schedules.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { DATA_VARIABLE } from '#lib/config.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { getSchedule, listSchedules } from '#lib/services/schedules/get.ts'
import { removeSchedule } from '#lib/services/schedules/remove.ts'
import { DueChecks, startScheduler } from '#lib/services/schedules/scheduler.ts'
import { setSchedule } from '#lib/services/schedules/set.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData({ ALLOW_PRIVATE_HOSTS: 'true' })
const remote = withRemoteRepository()
const query = { name: 'sample', branch: 'main', provider: 'builtin', model: 'static' }
const daily = { cron: ' 0  3 * * * ', time_zone: 'UTC' }
const DAY_MS = 86_400_000
const later = (days: number) => new Date(Date.now() + days * DAY_MS)
const { signal } = new AbortController()

/** ann's documentation of the repository at `commit`, looked at daily. */
async function scheduled(commit: string) {
  const { principal: ann } = await makeAccount('ann')
  return { ann, variantId: await scheduledFor(ann, { commit, address: remote.server.url }) }
}

async function scheduledFor(owner: Principal, { commit, address }: { commit: string; address: string }) {
  const repository = { canonicalUrl: `${address}/sample`, kind: 'url' as const, name: 'sample', org: null }
  const { variantId, runId } = await generatingVariant(owner.username, 'sample', { repository })
  await finishRun(runId, outcome({ commit }))
  await setSchedule(owner, query, daily)
  return variantId
}

/** Checks what is due at this time, to the end of it, and answers how many began. */
async function checkDue(now: Date): Promise<number> {
  const checks = new DueChecks({ signal, now: () => now })
  const begun = await checks.begin()
  await Promise.all(checks.underWay)
  return begun
}

/** Makes the server of the repository hold its answers; returns what lets them go. */
function holdRefs(): () => void {
  const gate = Promise.withResolvers<void>()
  remote.server.hold(gate.promise, 'refs')
  return gate.resolve
}

async function triggersOf(variantId: string): Promise<string[]> {
  return (await listRuns(variantId)).map(({ trigger }) => trigger)
}

describe('a schedule that is due', () => {
  it('starts no run while the branch stays, one when it has moved, and says so', async () => {
    const { ann, variantId } = await scheduled(remote.repository.commit)
    expect(await checkDue(new Date())).toBe(0)
    const first = later(1)
    expect(await checkDue(first)).toBe(1)
    const checked = (await getSchedule(ann, query)).schedule
    expect(checked).toMatchObject({ cron: '0 3 * * *', last_result: 'unchanged', last_checked_at: first.toISOString() })
    expect(checked?.last_message).toBe(`main is still at ${remote.repository.commit.slice(0, 12)}`)
    expect(await triggersOf(variantId)).toEqual(['api'])

    const moved = await remote.repository.write({ 'b.ts': 'export const b = 1\n' }, 'More')
    await checkDue(later(2))
    const started = (await getSchedule(ann, query)).schedule
    expect(started).toMatchObject({
      last_result: 'started',
      last_message: expect.stringContaining(`to ${moved.slice(0, 12)}`),
    })
    expect(await triggersOf(variantId)).toEqual(['schedule', 'api'])
    await checkDue(later(3))
    expect((await getSchedule(ann, query)).schedule).toMatchObject({ last_result: 'generating' })
  })

  it('makes up for all the times of a long downtime by one check', async () => {
    const { ann, variantId } = await scheduled('0'.repeat(40))
    const now = later(40)
    expect(await checkDue(now)).toBe(1)
    await abortRun(variantId)
    expect(await checkDue(now)).toBe(0)
    const { schedule } = await getSchedule(ann, query)
    expect(schedule?.next_at.localeCompare(now.toISOString())).toBe(1)
    expect(await triggersOf(variantId)).toEqual(['schedule', 'api'])
  })

  it('says why the repository could not be asked, and looks again the next time', async () => {
    const { ann, variantId } = await scheduled('0'.repeat(40))
    await remote.server.close()
    await checkDue(later(1))
    expect((await getSchedule(ann, query)).schedule).toMatchObject({
      last_result: 'failed',
      last_message: expect.stringContaining('could not be fetched'),
    })
    expect(await checkDue(later(2))).toBe(1)
    expect(await triggersOf(variantId)).toEqual(['api'])
  })

  it('ends its check when the server stops, and keeps it for the next start', async () => {
    const { ann } = await scheduled('0'.repeat(40))
    const release = holdRefs()
    const stopping = new AbortController()
    const checks = new DueChecks({ signal: stopping.signal, now: () => later(1) })
    expect(await checks.begin()).toBe(1)
    await remote.server.untilHeld()
    expect(await processesWith(DATA_VARIABLE, dataDir)).not.toEqual([])
    stopping.abort()
    await Promise.all(checks.underWay)
    expect(await processesWith(DATA_VARIABLE, dataDir)).toEqual([])
    expect((await getSchedule(ann, query)).schedule).toMatchObject({ last_checked_at: null })
    release()
    expect(await checkDue(later(1))).toBe(1)
    await startScheduler()()
  })

  it('on a slow server keeps nobody else waiting, has one check at a time, and counts from its end', async () => {
    const { ann } = await scheduled(remote.repository.commit)
    const { principal: bob } = await makeAccount('bob')
    const quick = await serveGit(remote.repository.root)
    await scheduledFor(bob, { commit: remote.repository.commit, address: quick.url })
    const release = holdRefs()
    let now = later(1)
    const checks = new DueChecks({ signal, now: () => now })
    expect(await checks.begin()).toBe(2)
    // Taken now: the quick one may be over, and no longer under way, before the slow server is asked.
    const both = checks.underWay
    await remote.server.untilHeld()
    await Promise.race(both)
    await quick.close()
    expect((await getSchedule(bob, query)).schedule).toMatchObject({ last_result: 'unchanged' })
    expect((await getSchedule(ann, query)).schedule).toMatchObject({ last_result: null })
    expect(await checks.begin()).toBe(0)
    now = later(3)
    release()
    await Promise.all(checks.underWay)
    const { schedule } = await getSchedule(ann, query)
    expect(schedule).toMatchObject({ last_result: 'unchanged', last_checked_at: now.toISOString() })
    expect(schedule?.next_at.localeCompare(now.toISOString())).toBe(1)
  })

  it('lets the owner come first whose last check is the longest ago', async () => {
    await scheduled(remote.repository.commit)
    await checkDue(later(1))
    await scheduledFor((await makeAccount('bob')).principal, { commit: '0', address: remote.server.url })
    const due = (without: string[], limit: number) => ownersWithDue(later(9).toISOString(), { without, limit })
    expect(await due([], 9)).toEqual(['bob', 'ann'])
    expect(await due([], 1)).toEqual(['bob'])
    expect(await due(['bob'], 9)).toEqual(['ann'])
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
