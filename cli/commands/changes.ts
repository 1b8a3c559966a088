import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { findVariant, TARGET_ARGUMENT, TARGET_HELP, type VariantFlags, withVariantFlags } from '#cli/target.ts'
import {
  CHANGED_KIND_LABELS,
  CHANGED_KINDS,
  type Change,
  type ChangesResponse,
  NOTHING_CHANGED,
} from '#lib/domain/changes.ts'
import { identityOf } from '#lib/domain/variant.ts'

const CHANGE_WIDTH = 10

interface ChangesFlags extends VariantFlags {
  from?: string
  to?: string
  json?: boolean
}

/** `docsfy changes NAME|UUID`: what changed between two runs, for those who use the repository. */
export function changesCommand(): Command {
  const command = withVariantFlags(serverCommand('changes'))
    .description('Show what changed between two runs: names, signatures, defaults, routes, flags, variables')
    .argument(TARGET_ARGUMENT, TARGET_HELP)
    .option('--from <RUN>', 'ID of the earlier run; without it the one before the later')
    .option('--to <RUN>', 'ID of the later run; without it the newest')
    .option('--json', 'print one JSON object')
    .action(changes)
  return withHelp(command, {
    examples: [
      'docsfy changes click',
      'docsfy changes click --json | jq -r \'.changes[] | select(.change == "removed").name\'',
    ],
    remarks: 'What breaks callers comes first. "docsfy runs NAME" lists the runs with their IDs.',
    json: ['changes'],
  })
}

async function changes(target: string, { from, to, json, ...flags }: ChangesFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const row = await findVariant(api, target, flags)
  const answer = await api.changes(identityOf(row), { from, to })
  if (json) printJson('changes', answer)
  else printResult(linesOf(answer).join('\n'))
}

function linesOf({ from, to, changes, total, left_out }: ChangesResponse): string[] {
  const kinds = CHANGED_KINDS.filter((kind) => changes.some((change) => change.kind === kind))
  return [
    `From ${nameOf(from)} to ${nameOf(to)}`,
    ...(total === 0 ? [NOTHING_CHANGED] : []),
    ...kinds.flatMap((kind) => [
      '',
      CHANGED_KIND_LABELS[kind],
      ...changes.filter((change) => change.kind === kind).flatMap(changeLines),
    ]),
    ...(total > changes.length ? ['', `and ${total - changes.length} more`] : []),
    ...(left_out > 0
      ? ['', `${left_out} names are more than a run keeps: what was added or removed among them is not told.`]
      : []),
  ]
}

function changeLines({ change, name, path, before, after }: Change): string[] {
  const indent = ' '.repeat(CHANGE_WIDTH + 2)
  return [
    `  ${change.padEnd(CHANGE_WIDTH)}${oneLine(`${name}  (${path})`)}`,
    ...(before === null ? [] : [`${indent}- ${oneLine(before)}`]),
    ...(after === null ? [] : [`${indent}+ ${oneLine(after)}`]),
  ]
}

function nameOf({ commit, finished_at }: ChangesResponse['from']): string {
  const time = finished_at ? ` (${finished_at.slice(0, 16).replace('T', ' ')} UTC)` : ''
  return `${commit.slice(0, 8)}${time}`
}
