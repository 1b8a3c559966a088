import { setTimeout as wait } from 'node:timers/promises'
import { firstDue, type NamedSchedule, ownersWithDue, recordCheck } from '#db/queries/schedules.ts'
import { isAbort } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { checkBranch } from '#lib/services/schedules/check.ts'
import { nextTime } from '#lib/services/schedules/cron.ts'

/** A schedule has minutes; looking for due ones is one small query. */
const LOOK_EVERY_MS = 5000
/** Processes that ask remote repositories at the same time. */
const AT_ONCE = 4

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
  const checks = new DueChecks({ signal, now: () => new Date() })
  while (!signal.aborted) {
    await checks.begin().catch((error) => log.error('schedules could not be looked at', { error }))
    await pause(signal, checks.underWay)
  }
  await Promise.all(checks.underWay)
}

/** Ends when it is time to look again, or a check makes room for another one. */
async function pause(signal: AbortSignal, underWay: Promise<void>[]): Promise<void> {
  const over = new AbortController()
  const timer = wait(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, over.signal]), ref: false })
  await Promise.race([timer.catch(() => undefined), ...underWay])
  over.abort()
}

interface Timing {
  /** Ends the checks under way. */
  signal: AbortSignal
  now: () => Date
}

/** Checks under way: one of an owner at a time, so that nobody's slow server keeps the others waiting. */
export class DueChecks {
  readonly #byOwner = new Map<string, Promise<void>>()
  readonly #timing: Timing

  constructor(timing: Timing) {
    this.#timing = timing
  }

  /** Never reject. */
  get underWay(): Promise<void>[] {
    return [...this.#byOwner.values()]
  }

  /** Begins checks of what is due, as far as there is room, and answers how many. One call at a time. */
  async begin(): Promise<number> {
    const [now, limit] = [this.#timing.now().toISOString(), AT_ONCE - this.#byOwner.size]
    const owners = limit > 0 ? await ownersWithDue(now, { without: [...this.#byOwner.keys()], limit }) : []
    for (const owner of owners) this.#byOwner.set(owner, this.#next(owner, now))
    return owners.length
  }

  async #next(owner: string, now: string): Promise<void> {
    try {
      const due = await firstDue(owner, now)
      if (due) await checkOne(due, this.#timing)
    } catch (error) {
      if (!isAbort(error)) log.error('a schedule could not be checked', { owner, error })
      // It is still due: without a pause it would be tried again at once, and again.
      await wait(LOOK_EVERY_MS, undefined, { signal: this.#timing.signal, ref: false }).catch(() => undefined)
    } finally {
      this.#byOwner.delete(owner)
    }
  }
}

/** The next time is counted from the end of the check, so that however many were missed, one stands for all of them. */
async function checkOne(schedule: NamedSchedule, { signal, now }: Timing): Promise<void> {
  const outcome = await checkBranch(schedule, signal)
  const checkedAt = now()
  const nextAt = nextTime(schedule, checkedAt)
  if (!outcome) return
  if (!nextAt) throw new Error(`"${schedule.cron}" never comes again`)
  log.info('a schedule was checked', { project: schedule.name, branch: schedule.branch, result: outcome.result })
  await recordCheck(schedule, { ...outcome, nextAt, checkedAt: checkedAt.toISOString() })
}
