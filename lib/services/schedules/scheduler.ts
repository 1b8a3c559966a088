import { setTimeout as wait } from 'node:timers/promises'
import pLimit from 'p-limit'
import { dueSchedules, type NamedSchedule, recordCheck } from '#db/queries/schedules.ts'
import { isAbort } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { checkBranch } from '#lib/services/schedules/check.ts'
import { nextTime } from '#lib/services/schedules/cron.ts'

/** A schedule has minutes; looking for due ones is one small query. */
const LOOK_EVERY_MS = 5000
/** Processes that ask remote repositories at the same time. */
const AT_ONCE = 2
const AT_MOST = 50

/**
 * Checks every schedule when its time has come. Times that passed while the server was down are made up for by one check.
 * Returns the stop, which ends checks under way; those are repeated at the next start.
 */
export function startScheduler(): () => Promise<void> {
  const stopping = new AbortController()
  const running = look(stopping.signal)
  return async () => {
    stopping.abort()
    await running
  }
}

async function look(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await checkDue(new Date(), signal).catch((error) => {
      if (!isAbort(error)) log.error('schedules could not be looked at', { error })
    })
    await wait(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** Checks what is due at `now`, to the end of all of it. Answers how many were due. Throws when aborted or one check failed. */
export async function checkDue(now: Date, signal: AbortSignal): Promise<number> {
  const due = await dueSchedules(now.toISOString(), AT_MOST)
  const limit = pLimit(AT_ONCE)
  const checks = due.map((schedule) => limit(() => checkOne(schedule, { now, signal })))
  const failed = (await Promise.allSettled(checks)).find((check) => check.status === 'rejected')
  if (failed) throw failed.reason
  return due.length
}

/** The next time is counted from `now`, so that however many were missed, one check stands for all of them. */
async function checkOne(schedule: NamedSchedule, { now, signal }: { now: Date; signal: AbortSignal }): Promise<void> {
  const outcome = await checkBranch(schedule, signal)
  const nextAt = nextTime(schedule, now)
  if (!outcome || !nextAt) return
  log.info('a schedule was checked', { project: schedule.name, branch: schedule.branch, result: outcome.result })
  await recordCheck(schedule, { ...outcome, nextAt, checkedAt: now.toISOString() })
}
