import { Cron } from 'croner'
import { DocsfyError } from '#lib/errors.ts'

const MINUTE_MS = 60_000
/** A day of quarter hours and the step into the next one: no pattern has a shorter gap after that. */
const LOOKED_AT = 100

export interface CronTimes {
  /** Minute, hour, day of the month, month, day of the week. */
  cron: string
  /** IANA name of the zone the fields are in. */
  timeZone: string
}

/** The first time after `after`, ISO 8601 UTC; null when there is none. Throws for a pattern that is not checked. */
export function nextTime({ cron, timeZone }: CronTimes, after: Date): string | null {
  return timesOf({ cron, timeZone }).nextRun(after)?.toISOString() ?? null
}

/** The first time after `now`. Throws `invalid_input` for what is no schedule, never comes, or comes too often. */
export function checkedNextTime(times: CronTimes, rules: { minMinutes: number; now: Date }): string {
  if (!isTimeZone(times.timeZone))
    throw invalid('time_zone', `"${times.timeZone}" is no time zone: use a name such as UTC or Europe/Berlin`)
  const runs = nextRuns(times, rules.now)
  const [first] = runs
  if (!first) throw invalid('cron', `"${times.cron}" never comes: choose a day that exists`)
  const gaps = runs.slice(1).map((run, index) => (run.getTime() - (runs[index]?.getTime() ?? 0)) / MINUTE_MS)
  const shortest = Math.min(...gaps)
  if (shortest < rules.minMinutes)
    throw invalid(
      'cron',
      `"${times.cron}" comes every ${minutes(shortest)}; this server allows no less than ${minutes(rules.minMinutes)} between two checks`,
    )
  return first.toISOString()
}

function nextRuns(times: CronTimes, now: Date): Date[] {
  try {
    return timesOf(times).nextRuns(LOOKED_AT, now)
  } catch (error) {
    throw new DocsfyError('invalid_input', NOT_CRON, { cause: error, issues: [{ path: 'cron', message: NOT_CRON }] })
  }
}

const NOT_CRON =
  'A schedule has five fields: minute, hour, day of the month, month, day of the week; "0 3 * * *" is every day at 03:00'

/** Never started: only asked for times. */
function timesOf({ cron, timeZone }: CronTimes): Cron {
  return new Cron(cron, { mode: '5-part', timezone: timeZone, paused: true })
}

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

function minutes(count: number): string {
  return count === 1 ? 'minute' : `${count} minutes`
}

function invalid(path: string, message: string): DocsfyError {
  return new DocsfyError('invalid_input', message, { issues: [{ path, message }] })
}
