import { Command } from 'commander'
import { z } from 'zod'
import { countingLine } from '#cli/counting-line.ts'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printCompactJson } from '#cli/json-shapes.ts'
import { printNote, printResult } from '#cli/output.ts'
import { factsSchema } from '#lib/domain/facts-schema.ts'

interface FactsFlags {
  branch?: string
  json?: boolean
  schema?: boolean
  fresh?: boolean
  quiet?: boolean
  all?: boolean
}

/** `docsfy facts REPO`: everything docsfy knows about a repository before anybody writes. */
export function factsCommand(): Command {
  const command = new Command('facts')
    .description('Print what the code of a repository says: symbols, imports, interfaces, tests, documents')
    .argument('[REPO]', 'https address of a Git repository, or path of a local one')
    .option('-b, --branch <BRANCH>', "branch to read (default: the repository's default branch)")
    .option('--json', 'print all facts as one JSON object')
    .option('--schema', 'print the JSON Schema of that object; no REPO is needed')
    .option('--all', 'list every skipped file instead of one for each reason')
    .option('--fresh', 'read every file anew and keep nothing for the next time')
    .option('-q, --quiet', 'show no progress')
    .action(facts)
  return withHelp(command, {
    examples: [
      'docsfy facts .',
      'docsfy facts . --json | jq -r ".symbols[] | select(.public) | .id"',
      'docsfy facts https://github.com/owner/name --branch v2 --json > facts.json',
      'docsfy facts --schema > facts.schema.json',
    ],
    remarks: `Facts are read from the Git objects of one commit; nothing is executed, imported or checked out. The same commit
gives the same bytes. What files say is kept in ~/.cache/docsfy (or XDG_CACHE_HOME), so that the next time only what changed
is read. docs/facts.md says what the fields mean and what will not change about them.`,
    json: ['facts'],
    exitCodes: '0 printed, 1 it failed, 2 wrong usage, 130 interrupted',
  })
}

async function facts(repository: string | undefined, flags: FactsFlags, command: Command): Promise<void> {
  if (flags.schema) return printResult(JSON.stringify(z.toJSONSchema(factsSchema), null, 2))
  if (repository === undefined) command.error('error: missing argument REPO: an address, or a path such as .')
  // Loaded here, because the parsers are large and `--help` should not wait for them.
  const { repositoryFacts } = await import('#cli/repository-facts.ts')
  const signal = interruptSignal('Stopping: press Ctrl-C again to end at once')
  const progress = countingLine(flags)
  const { branch = null, fresh = false } = flags
  const read = await repositoryFacts({ repository, branch, fresh, signal, progress: progress.count }).finally(
    progress.end,
  )
  if (flags.json) return await printCompactJson('facts', read.facts)
  const { factsSummary } = await import('#cli/facts-summary.ts')
  for (const line of factsSummary(read, { all: flags.all ?? false })) printResult(line)
  printNote(`${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)
}
