import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printNote, printResult } from '#cli/output.ts'
import { canAsk, confirm } from '#cli/prompt.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import {
  choosesVariant,
  findVariants,
  isGenerationId,
  onlyVariant,
  TARGET_ARGUMENT,
  TARGET_HELP,
  type VariantFlags,
  variantName,
  withVariantFlags,
} from '#cli/target.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface AbortFlags extends VariantFlags {
  all?: boolean
  yes?: boolean
  json?: boolean
}

/** `docsfy abort NAME|UUID`: ends running generations. */
export function abortCommand(): Command {
  const command = withVariantFlags(serverCommand('abort'))
    .description('End a running generation')
    .argument(TARGET_ARGUMENT, TARGET_HELP)
    .option('--all', 'end all running generations of the project')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print a JSON array of what was aborted')
    .action(abort)
  return withHelp(command, {
    examples: ['docsfy abort docsfy', 'docsfy abort docsfy -b main --yes', 'docsfy abort docsfy --all'],
    remarks:
      'It asks on a terminal only; a script needs no --yes here, because nothing is lost: pages already written stay.',
    json: ['abort'],
  })
}

async function abort(target: string, { all, yes, json, ...flags }: AbortFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const rows = toAbort(target, await findVariants(api, target, flags), { all, ...flags })
  const isRunning = rows.some((row) => row.status === 'generating')
  if (
    !yes &&
    isRunning &&
    canAsk() &&
    !(await confirm(`Abort the generation of ${oneLine(rows.map(variantName).join(', '))}?`))
  )
    return printNote('Nothing was aborted')
  const aborted = []
  for (const row of rows) {
    aborted.push(await api.abort(identityOf(row)))
    if (!json) printResult(`Aborted generation for '${oneLine(variantName(row))}'.`)
  }
  if (json) printJson('abort', aborted)
}

/** What was named in full is left to the server, which says why it cannot be aborted; otherwise what is running counts. */
function toAbort(target: string, rows: VariantRow[], flags: VariantFlags & { all?: boolean }): VariantRow[] {
  if (isGenerationId(target) && !flags.all) return rows
  const running = rows.filter((row) => row.status === 'generating')
  if (running.length > 0) return flags.all ? running : [onlyVariant(target, running)]
  if (choosesVariant(flags) && rows.length === 1) return rows
  throw new DocsfyError('not_found', `No generation of "${target}" is running`)
}
