import type { Command } from 'commander'
import { budgetLines, monthOption, spendingCells, spendingColumns, spendingLine } from '#cli/cost-table.ts'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, outputWidth, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { tableLines } from '#cli/table.ts'
import { grouped } from '#lib/domain/cost-text.ts'

const BYTES_OF_MB = 1_000_000

/** `docsfy admin cost`: what everybody has spent in a month. */
export function adminCostCommand(): Command {
  const command = serverCommand('cost')
    .description('Show what the runs of every account have spent')
    .addOption(monthOption())
    .option('--json', 'print one JSON object, with the last twelve months')
    .action(cost)
  return withHelp(command, {
    examples: ['docsfy admin cost', 'docsfy admin cost --month 2026-10'],
    json: ['admin cost'],
  })
}

async function cost({ month, json }: { month?: string; json?: boolean }, command: Command): Promise<void> {
  const { api } = await connect(command)
  const answer = await api.adminCost(month)
  if (json) return printJson('admin cost', answer)
  const { users, spent, kept } = answer
  printResult(`All runs in ${answer.month} (UTC)`)
  const columns = [{ title: 'USERNAME' }, ...spendingColumns()]
  const rows = users.map((one) => [oneLine(one.username ?? '(deleted)'), ...spendingCells(one)])
  if (rows.length > 0) printResult(tableLines({ columns, rows, width: outputWidth() }).join('\n'))
  printResult([spendingLine(spent), ...budgetLines(answer.budgets)].join('\n'))
  const room = kept.max_bytes === 0 ? 'none are kept' : `${megabytes(kept.bytes)} of ${megabytes(kept.max_bytes)} MB`
  printResult(`Replies that need not be paid again: ${grouped(kept.replies)}, ${room}`)
}

function megabytes(bytes: number): string {
  return (bytes / BYTES_OF_MB).toFixed(bytes < BYTES_OF_MB ? 2 : 0)
}
