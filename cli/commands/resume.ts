import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { EXIT, oneLine, printResult } from '#cli/output.ts'
import { type Connected, connect, serverCommand } from '#cli/server-command.ts'
import {
  findVariants,
  isGenerationId,
  onlyVariant,
  TARGET_HELP,
  type VariantFlags,
  variantName,
  withVariantFlags,
} from '#cli/target.ts'
import { watchToEnd } from '#cli/watch-to-end.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface ResumeFlags extends VariantFlags {
  all?: boolean
  watch?: boolean
  json?: boolean
  quiet?: boolean
}

/** `docsfy resume NAME|UUID…`: goes on with failed and aborted generations. */
export function resumeCommand(): Command {
  const command = withVariantFlags(serverCommand('resume'))
    .description('Go on with a failed or aborted generation')
    .argument('<NAME|UUID...>', `${TARGET_HELP}; one or more`)
    .option('--all', 'resume every generation of the projects that can be')
    .option('-w, --watch', 'follow the generations to their end')
    .option('--json', 'print a JSON array of what was started, with --watch the rows at the end')
    .option('-q, --quiet', 'with --watch: show no progress')
    .action(resume)
  return withHelp(command, {
    examples: ['docsfy resume docsfy', 'docsfy resume docsfy -b main --watch', 'docsfy resume one two three --all'],
    remarks:
      'Pages already written stay; only the others are written. What was asked for with --force stays forced.\n' +
      'A generation that had not written a page yet is started anew with "docsfy generate".',
    json: ['resume', 'resume --watch'],
    exitCodes:
      '0 started, with --watch only when all documentation is ready; 1 something cannot be resumed, failed or was aborted, 2 wrong usage, 130 interrupted',
  })
}

async function resume(targets: string[], flags: ResumeFlags, command: Command): Promise<void> {
  const server = await connect(command)
  const rows = (await Promise.all(targets.map((target) => toResume(server, target, flags)))).flat()
  const started: GenerateResponse[] = []
  try {
    for (const row of rows) {
      const answer = await server.api.resume(identityOf(row))
      started.push(answer)
      if (!flags.json) printResult(`Resumed generation for '${oneLine(variantName(row))}' (${answer.generation_id}).`)
    }
  } finally {
    // What was started goes on, also when a later one is refused.
    if (flags.json && !flags.watch && started.length > 0) printJson('resume', started)
  }
  const ids = started.map((one) => one.generation_id)
  if (flags.watch) await watchAll(server, ids, flags)
}

/** A single one is left to the server, which says why it cannot be resumed; of several those count that can. */
async function toResume({ api }: Connected, target: string, flags: ResumeFlags): Promise<VariantRow[]> {
  const rows = await findVariants(api, target, flags)
  if (isGenerationId(target) || rows.length === 1) return rows
  const resumable = rows.filter((row) => row.resumable)
  if (resumable.length > 0) return flags.all ? resumable : [onlyVariant(target, resumable)]
  throw new DocsfyError(
    'not_found',
    `No generation of "${target}" ended early with pages to go on from: "docsfy generate" starts one anew`,
  )
}

async function watchAll(server: Connected, generationIds: string[], flags: ResumeFlags): Promise<void> {
  const rows: VariantRow[] = []
  for (const generationId of generationIds) {
    const { row, isReady } = await watchToEnd({ server, generationId, flags })
    rows.push(row)
    if (!isReady) process.exitCode = EXIT.failed
  }
  if (flags.json) printJson('resume --watch', rows)
}
