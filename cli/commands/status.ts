import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { coloured, oneLine, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { STATUS_COLOURS } from '#cli/status-colours.ts'
import {
  findVariants,
  isGenerationId,
  TARGET_ARGUMENT,
  TARGET_HELP,
  type VariantFlags,
  withVariantFlags,
} from '#cli/target.ts'
import { costText } from '#lib/domain/cost-text.ts'
import { formatDuration } from '#lib/domain/format-time.ts'
import { STATUS_LABELS } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface StatusFlags extends VariantFlags {
  json?: boolean
}

/** `docsfy status NAME|UUID`: a block per variant. */
export function statusCommand(): Command {
  const command = withVariantFlags(serverCommand('status'))
    .description('Show how documentation stands')
    .argument(TARGET_ARGUMENT, TARGET_HELP)
    .option('--json', 'print JSON: one row when one variant is named in full, else name and rows')
    .action(status)
  return withHelp(command, {
    examples: [
      'docsfy status docsfy',
      'docsfy status docsfy -b main --provider builtin -m static',
      'docsfy status 0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10 --json',
    ],
    json: ['status', 'status of one variant'],
  })
}

async function status(target: string, { json, ...flags }: StatusFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const rows = await findVariants(api, target, flags)
  const [row] = rows
  const isNamedInFull = isGenerationId(target) || (flags.branch && flags.provider && flags.model)
  if (json && row && isNamedInFull) return printJson('status of one variant', await api.variant(identityOf(row)))
  const name = row?.name ?? target
  if (json) return printJson('status', { name, variants: rows })
  printResult([`Project: ${name}`, `Variants: ${rows.length}`, ...rows.flatMap(block)].join('\n'))
}

function block(row: VariantRow): string[] {
  const label = STATUS_LABELS[row.status].toLowerCase()
  const pages = row.total_pages === null ? `${row.page_count}` : `${row.page_count} of ${row.total_pages}`
  const lines: [string, string | null][] = [
    ['ID', row.generation_id],
    ['Status', coloured(STATUS_COLOURS[row.status], label)],
    ['Owner', oneLine(row.owner)],
    ['Repository', oneLine(row.repo_url)],
    ['Stage', row.current_stage],
    ['Pages', row.page_count > 0 || row.total_pages !== null ? pages : null],
    ['Updated', row.last_generated],
    ['Commit', row.last_commit_sha?.slice(0, 8) ?? null],
    ['Took', row.generation_duration === null ? null : formatDuration(row.generation_duration * 1000)],
    ['Cost', row.total_cost_usd || row.unpriced_calls ? costText({ ...row, cost_usd: row.total_cost_usd ?? 0 }) : null],
    ['Warnings', row.warnings.length > 0 ? String(row.warnings.length) : null],
    ['Error', row.error_message === null ? null : oneLine(row.error_message)],
  ]
  return [
    '',
    `  ${oneLine(`${row.branch}/${row.ai_provider}/${row.ai_model}`)}`,
    ...lines.flatMap(([name, value]) => (value === null ? [] : [`    ${`${name}:`.padEnd(12)}${value}`])),
  ]
}
