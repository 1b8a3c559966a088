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
import type { ApiClient } from '#lib/api-client.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface DeleteFlags extends VariantFlags {
  all?: boolean
  yes?: boolean
  json?: boolean
}

/** `docsfy delete NAME|UUID`: removes one variant, or all of a project. */
export function deleteCommand(): Command {
  const command = withVariantFlags(serverCommand('delete'))
    .description('Delete documentation: one variant, or all of a project')
    .argument(TARGET_ARGUMENT, TARGET_HELP)
    .option('--all', 'delete all variants of the project')
    .option('-y, --yes', 'do not ask; needed where nobody can be asked')
    .option('--json', 'print a JSON array of what was deleted')
    .action(remove)
  return withHelp(command, {
    examples: [
      'docsfy delete docsfy -b main --provider builtin -m static',
      'docsfy delete 0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10 --yes',
      'docsfy delete docsfy --all --owner alice --yes',
    ],
    remarks: 'An admin who deletes by name with --yes has to say whose documentation it is with --owner.',
    json: ['delete'],
  })
}

async function remove(target: string, flags: DeleteFlags, command: Command): Promise<void> {
  checkUsage(target, flags, command)
  const { all, yes, json, ...variant } = flags
  const { api } = await connect(command)
  if (yes && variant.owner === undefined && !isGenerationId(target)) await needOwner(api)
  const found = await findVariants(api, target, variant)
  const row = onlyVariant(target, all ? found.slice(0, 1) : found)
  if (all && isGenerationId(target))
    printNote(`Warning: --all means every variant of "${oneLine(row.name)}", not only the one with this ID`)
  if (!yes && !(await confirm(question(row, all === true)))) return printNote('Nothing was deleted')
  const deleted = all
    ? await api.removeProject({ name: row.name, owner: row.owner })
    : await api.remove(identityOf(row))
  if (json) printJson('delete', [deleted])
  else if (all) printResult(`Deleted all variants of '${oneLine(row.name)}'.`)
  else printResult(`Deleted variant '${oneLine(variantName(row))}'.`)
}

function checkUsage(target: string, flags: DeleteFlags, command: Command): void {
  if (flags.all && choosesVariant(flags))
    command.error('error: use either --all or --branch, --provider and --model, not both')
  if (!flags.all && !choosesVariant(flags) && !isGenerationId(target))
    command.error('error: say which variant with --branch, --provider and --model, or --all for all of them')
  if (!flags.yes && !canAsk()) command.error('error: nobody can be asked here: confirm with --yes')
}

/** Nobody sees whose documentation it is when nothing is asked: an admin, who sees everybody's, has to say it. */
async function needOwner(api: ApiClient): Promise<void> {
  if ((await api.me()).is_admin)
    throw new DocsfyError('bad_request', 'As admin, say whose documentation to delete with --owner NAME')
}

function question(row: VariantRow, all: boolean): string {
  const what = all ? `ALL variants of '${oneLine(row.name)}'` : `variant '${oneLine(variantName(row))}'`
  return `Delete ${what} of ${oneLine(row.owner)}?`
}
