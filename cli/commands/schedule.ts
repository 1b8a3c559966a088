import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, outputWidth, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { tableLines } from '#cli/table.ts'
import {
  findVariant,
  findVariants,
  onlyVariant,
  TARGET_HELP,
  type VariantFlags,
  variantName,
  withVariantFlags,
} from '#cli/target.ts'
import type { ApiClient } from '#lib/api-client.ts'
import type { ScheduleRow } from '#lib/domain/schedules.ts'
import { identityOf } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface ScheduleFlags extends VariantFlags {
  tz: string
  off?: boolean
  json?: boolean
}

/** `docsfy schedule [NAME|UUID] [CRON]`: when the server looks by itself whether a branch has moved. */
export function scheduleCommand(): Command {
  const command = withVariantFlags(serverCommand('schedule'))
    .description('Have documentation refreshed by itself when its branch has moved; list or end that')
    .argument('[NAME|UUID]', `${TARGET_HELP}; without one all schedules are listed`)
    .argument(
      '[CRON]',
      'minute, hour, day of the month, month, day of the week, in quotes; without it the schedule is shown',
    )
    .option('--tz <ZONE>', 'time zone of the five fields, such as Europe/Berlin', 'UTC')
    .option('--off', 'end the schedule')
    .option('--json', 'print a JSON array of schedules, with --off one JSON object')
    .action(schedule)
  return withHelp(command, {
    examples: [
      'docsfy schedule click "0 3 * * *"',
      'docsfy schedule click -b main "*/30 8-18 * * MON-FRI" --tz Europe/Berlin',
      'docsfy schedule',
      'docsfy schedule click --off',
    ],
    remarks:
      'At its time the server asks the repository where the branch ends; only when that is not what is documented already a\n' +
      'generation starts. Times missed while the server was down are made up for by one look.',
    json: ['schedule', 'schedule --off'],
  })
}

async function schedule(this: Command, target: string | undefined, cron: string | undefined): Promise<void> {
  const { tz, off, json, ...flags } = this.opts<ScheduleFlags>()
  if (off && (cron !== undefined || target === undefined))
    throw new DocsfyError('invalid_input', '--off ends the schedule of one variant: name it, and give no times')
  const { api } = await connect(this)
  if (off && target !== undefined) return await end(api, target, { json, ...flags })
  const schedules = await (target === undefined ? allSchedules(api) : ofTarget(api, { target, cron, tz, flags }))
  if (json) printJson('schedule', schedules)
  else printSchedules(schedules)
}

async function allSchedules(api: ApiClient): Promise<ScheduleRow[]> {
  return (await api.schedules()).schedules
}

interface Wanted {
  target: string
  cron: string | undefined
  tz: string
  flags: VariantFlags
}

async function ofTarget(api: ApiClient, { target, cron, tz, flags }: Wanted): Promise<ScheduleRow[]> {
  const rows = await findVariants(api, target, flags)
  if (cron !== undefined) {
    const identity = identityOf(onlyVariant(target, rows))
    return [await api.setSchedule(identity, { cron, time_zone: tz })]
  }
  const answers = await Promise.all(rows.map((row) => api.schedule(identityOf(row))))
  return answers.flatMap(({ schedule }) => schedule ?? [])
}

async function end(
  api: ApiClient,
  target: string,
  { json, ...flags }: VariantFlags & { json?: boolean },
): Promise<void> {
  const row = await findVariant(api, target, flags)
  const deleted = await api.removeSchedule(identityOf(row))
  if (json) printJson('schedule --off', deleted)
  else printResult(oneLine(`Ended the schedule of '${variantName(row)}'.`))
}

const COLUMNS = [
  { title: 'NAME' },
  { title: 'BRANCH' },
  { title: 'MODEL' },
  { title: 'OWNER' },
  { title: 'SCHEDULE', whole: true },
  { title: 'NEXT (UTC)', whole: true },
  { title: 'LAST LOOK' },
]

function printSchedules(schedules: ScheduleRow[]): void {
  const rows = schedules.map((one) =>
    [
      one.name,
      one.branch,
      `${one.ai_provider}/${one.ai_model}`,
      one.owner,
      `${one.cron} ${one.time_zone}`,
      one.next_at.slice(0, 16).replace('T', ' '),
      one.last_message ?? 'not yet',
    ].map(oneLine),
  )
  const table = tableLines({ columns: COLUMNS, rows, width: outputWidth() })
  printResult(rows.length === 0 ? 'No schedules found.' : table.join('\n'))
}
