import { type Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { coloured, oneLine, outputWidth, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { STATUS_COLOURS } from '#cli/status-colours.ts'
import { type Column, tableLines } from '#cli/table.ts'
import { STATUSES, type Status } from '#lib/domain/stages.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

interface ListFlags {
  status?: Status
  provider?: string
  json?: boolean
}

/** `docsfy list`: every variant the key may see. */
export function listCommand(): Command {
  const command = serverCommand('list')
    .description('List documentation you may see')
    .addOption(new Option('--status <STATUS>', 'only variants with this status').choices(STATUSES))
    .option('--provider <ID>', 'only variants of this provider')
    .option('--json', 'print a JSON array of rows')
    .action(list)
  return withHelp(command, {
    examples: ['docsfy list', 'docsfy list --status error', 'docsfy list --json | jq -r ".[].generation_id"'],
    json: ['list'],
  })
}

async function list(flags: ListFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const { projects } = await api.projects()
  const rows = projects.filter(
    (row) =>
      (flags.status === undefined || row.status === flags.status) &&
      (flags.provider === undefined || row.ai_provider === flags.provider),
  )
  if (flags.json) printJson('list', rows)
  else if (rows.length === 0) printResult('No projects found.')
  else printResult(tableLines({ columns: COLUMNS, rows: rows.map(cells), width: outputWidth() }).join('\n'))
}

const COLUMNS: Column[] = [
  { title: 'NAME', least: 12 },
  { title: 'BRANCH' },
  { title: 'PROVIDER' },
  { title: 'MODEL' },
  { title: 'STATUS', paint: (cell, value) => coloured(STATUS_COLOURS[value as Status], cell) },
  { title: 'OWNER', least: 5 },
  { title: 'PAGES', least: 5, right: true },
  { title: 'GEN ID', least: 9, whole: true },
]

function cells(row: VariantRow): string[] {
  const pages = row.page_count > 0 ? String(row.page_count) : ''
  return [row.name, row.branch, row.ai_provider, row.ai_model, row.status, row.owner, pages, row.generation_id].map(
    oneLine,
  )
}
