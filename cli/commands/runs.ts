import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { coloured, oneLine, outputWidth, printResult } from '#cli/output.ts'
import { progressLines } from '#cli/progress-lines.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { STATUS_COLOURS } from '#cli/status-colours.ts'
import { tableLines } from '#cli/table.ts'
import { findVariant, TARGET_ARGUMENT, TARGET_HELP, type VariantFlags, withVariantFlags } from '#cli/target.ts'
import type { ApiClient } from '#lib/api-client.ts'
import { costText } from '#lib/domain/cost-text.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import { originOf, type RunRow } from '#lib/domain/runs.ts'
import { identityOf, type VariantIdentity } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface RunsFlags extends VariantFlags {
  log?: string
  json?: boolean
}

/** `docsfy runs NAME|UUID`: the history of a variant, and the log of each run. */
export function runsCommand(): Command {
  const command = withVariantFlags(serverCommand('runs'))
    .description(
      'Show the runs of documentation: what started them, how they ended, how long they took and what they cost',
    )
    .argument(TARGET_ARGUMENT, TARGET_HELP)
    .option('--log <RUN>', 'show what this run told instead; the beginning of its ID is enough')
    .option('--json', 'print a JSON array of runs, with --log of events')
    .action(runs)
  return withHelp(command, {
    examples: ['docsfy runs click', 'docsfy runs click --log 3f2a91c0', "docsfy runs click --json | jq '.[0].stages'"],
    remarks:
      'Newest first. The server keeps as many as KEEP_RUNS and KEEP_RUNS_DAYS say, and always the published one.',
    json: ['runs', 'runs --log'],
  })
}

async function runs(target: string, { log, json, ...flags }: RunsFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const identity = identityOf(await findVariant(api, target, flags))
  const { runs: known } = await api.runs(identity)
  if (log === undefined) return json ? printJson('runs', known) : printTable(known)
  const run = chosenRun(known, log)
  const events = await eventsOf(api, { identity, runId: run.run_id })
  if (json) return printJson('runs --log', events)
  printLog(events)
  printResult(oneLine(`${stateOf(run)}${run.message ? `: ${run.message}` : ''}`))
}

function chosenRun(known: RunRow[], beginning: string): RunRow {
  const meant = known.filter(({ run_id }) => run_id.startsWith(beginning.toLowerCase()))
  const [run, another] = meant
  if (run && !another) return run
  throw new DocsfyError(
    run ? 'conflict' : 'not_found',
    run ? `${meant.length} runs begin with "${beginning}": give more of the ID` : `No run begins with "${beginning}"`,
  )
}

async function eventsOf(api: ApiClient, run: { identity: VariantIdentity; runId: string }): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for (;;) {
    const more = await api.runEvents({ ...run, after: events.at(-1)?.seq ?? 0 })
    if (more.events.length === 0) return events
    events.push(...more.events)
  }
}

/** As lines with their times, which also say what was too close together to be told. */
function printLog(events: RecordedEvent[]): void {
  let at = ''
  const lines = progressLines(
    (line) => printResult(`${at.slice(11, 19)}  ${line}`),
    () => Date.parse(at),
  )
  for (const recorded of events) {
    at = recorded.at
    lines.event(recorded.event)
  }
}

const COLUMNS = [
  { title: 'RUN', whole: true },
  { title: 'STARTED (UTC)', whole: true },
  { title: 'BY' },
  { title: 'COMMIT', whole: true },
  { title: 'STATE', whole: true, paint: painted },
  { title: 'PAGES', right: true },
  { title: 'TOOK', right: true },
  { title: 'COST', right: true },
  { title: 'PROBLEM' },
]

function printTable(known: RunRow[]): void {
  const rows = known.map((run) =>
    [
      run.run_id,
      (run.started_at ?? run.queued_at).slice(0, 19).replace('T', ' '),
      `${originOf(run)}${run.force ? ', forced' : ''}`,
      run.to_commit?.slice(0, 8) ?? '',
      stateOf(run),
      run.page_count > 0 ? String(run.page_count) : '',
      run.duration === null ? '' : formatDuration(run.duration * 1000),
      run.cost_usd > 0 || run.unpriced_calls > 0 ? costText(run) : '',
      run.state === 'error' ? (run.message ?? '') : '',
    ].map(oneLine),
  )
  const table = tableLines({ columns: COLUMNS, rows, width: outputWidth() })
  printResult(rows.length === 0 ? 'There has been no run yet.' : table.join('\n'))
}

function stateOf(run: RunRow): string {
  return run.up_to_date ? 'up to date' : run.state
}

function painted(cell: string, state: string): string {
  const status = state === 'up to date' ? 'ready' : state === 'waiting' || state === 'running' ? 'generating' : state
  const colour = STATUS_COLOURS[status as keyof typeof STATUS_COLOURS]
  return colour ? coloured(colour, cell) : cell
}
