import type { Command } from 'commander'
import { budgetLines, monthOption, spendingCells, spendingColumns, spendingLine } from '#cli/cost-table.ts'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, outputWidth, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { tableLines } from '#cli/table.ts'
import { findVariant, TARGET_HELP, type VariantFlags, variantName, withVariantFlags } from '#cli/target.ts'
import type { ApiClient } from '#lib/api-client.ts'
import { costText } from '#lib/domain/cost-text.ts'
import type { Spending } from '#lib/domain/spending.ts'
import { identityOf } from '#lib/domain/variant.ts'

interface CostFlags extends VariantFlags {
  month?: string
  run?: string
  json?: boolean
}

/** `docsfy cost`: what one's own runs have spent in a month, or what one variant has cost, page by page. */
export function costCommand(): Command {
  const command = withVariantFlags(serverCommand('cost'))
    .description('Show what calls of models have cost')
    .argument('[NAME|UUID]', `${TARGET_HELP}; without it: all of your own runs`)
    .addOption(monthOption())
    .option('--run <ID>', 'only this run of the variant')
    .option('--json', 'print one JSON object')
    .action(cost)
  return withHelp(command, {
    examples: [
      'docsfy cost',
      'docsfy cost --month 2026-11 --json',
      'docsfy cost docsfy -b main -p openai -m gpt-5-mini',
    ],
    remarks: `Calls whose price is not known are counted beside the sum, never in it. Replies that were kept from an earlier run
cost nothing; their tokens are shown as reused. What was spent stays when the documentation is deleted.`,
    json: ['cost', 'cost of one variant'],
  })
}

async function cost(target: string | undefined, flags: CostFlags, command: Command): Promise<void> {
  const { month, run, json, ...variant } = flags
  if (target === undefined && (run !== undefined || Object.keys(variant).length > 0))
    command.error('error: name the documentation that --run, --branch, --provider, --model and --owner belong to')
  if (target !== undefined && month !== undefined)
    command.error('error: --month is for your own runs: leave out the name')
  const { api } = await connect(command)
  if (target === undefined) return await printOwn(api, { month, json })
  const row = await findVariant(api, target, variant)
  const answer = await api.variantCost(identityOf(row), run)
  if (json) return printJson('cost of one variant', answer)
  printResult(oneLine(variantName(row)))
  printTable(
    'PAGE',
    answer.pages.map((page) => [page.slug ?? '(none alone)', page]),
  )
  printResult(spendingLine(answer.spent))
}

async function printOwn(api: ApiClient, { month, json }: Pick<CostFlags, 'month' | 'json'>): Promise<void> {
  const answer = await api.cost(month)
  if (json) return printJson('cost', answer)
  printResult(`Your runs in ${answer.month} (UTC)`)
  printTable(
    'DOCUMENTATION',
    answer.variants.map((one) => [variantName(one), one]),
  )
  printResult([spendingLine(answer.spent), ...budgetLines(answer.budgets)].join('\n'))
  printResult(`All documentation you see has cost ${costText({ ...answer, cost_usd: answer.total_cost_usd })}`)
}

function printTable(title: string, rows: [name: string, spent: Spending][]): void {
  if (rows.length === 0) return
  const cells = rows.map(([name, spent]) => [oneLine(name), ...spendingCells(spent)])
  printResult(tableLines({ columns: [{ title }, ...spendingColumns()], rows: cells, width: outputWidth() }).join('\n'))
}
