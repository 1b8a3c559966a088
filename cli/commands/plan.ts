import { type Command, Option } from 'commander'
import { countingLine } from '#cli/counting-line.ts'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printNote, printResult } from '#cli/output.ts'
import { planOnServer } from '#cli/plan-on-server.ts'
import type { PlanReport } from '#cli/plan-report.ts'
import { connect, namesServer, serverCommand } from '#cli/server-command.ts'
import { needs, updateLines } from '#cli/update-lines.ts'
import { writerOf } from '#cli/writer-of.ts'
import { usdText } from '#lib/domain/cost-text.ts'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import { costOfUpdate } from '#lib/domain/plan-update.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'

/** The server gives up after three minutes, and tells why. */
const ANSWER_WITHIN_MS = 200_000

interface PlanFlags {
  onServer?: boolean
  owner?: string
  out?: string
  branch?: string
  provider?: string
  model?: string
  repoType?: RepoType
  force?: boolean
  json?: boolean
  quiet?: boolean
}

/** `docsfy plan REPO`: what a build, or a generation on a server, would write, why, and what that costs. */
export function planCommand(): Command {
  const command = serverCommand('plan')
    .description('Show what a build, or a generation on a server, would write now and why, without writing it')
    .argument('<REPO>', 'address of a Git repository, or path of a local one; of a server also NAME or UUID')
    .option('-o, --out <DIR>', 'folder of the site that the build would replace')
    .option('-b, --branch <REF>', "branch, tag or commit to document (default: the repository's default branch)")
    .option('--provider <ID>', 'who writes the pages (default: AI_PROVIDER, else builtin)')
    .option('-m, --model <ID>', 'model of the provider (default: AI_MODEL of AI_PROVIDER, else the first it offers)')
    .addOption(new Option('-t, --repo-type <TYPE>', 'what the repository is (default: detected)').choices(REPO_TYPES))
    .option('-f, --force', 'plan as if every page were written anew')
    .option('--json', 'print one JSON object: pages, reasons, tokens and price')
    .option('-q, --quiet', 'show no progress')
    .option('--on-server', 'ask the server, instead of working on this machine')
    .option('--owner <NAME>', 'of a server: whose documentation, when several people have some of this name')
    .action(plan)
  return withHelp(command, {
    examples: [
      'docsfy plan .',
      'docsfy plan https://github.com/owner/name -o ./site -b release/2.x',
      'docsfy plan . --json | jq -r ".update.pages[] | .action + \\" \\" + .slug"',
      'docsfy plan click --on-server -b main',
      'docsfy plan https://github.com/owner/name --server prod --provider openai -m gpt-5-mini',
    ],
    remarks: `The plan is compared with the last "docsfy build" of the same repository, branch, provider and model on this
machine. A page is written again when a fact it was made from changed; where facts only moved, its text stands and its citations
follow.
A server is asked when --on-server, --server, --host, --port, --username or --password is given, and never otherwise. REPO is then
the name of a project, the generation ID of a variant, an address, or (as admin) the absolute path of a repository on the server. A
name or ID means the variant as it was generated; an address is planned as "docsfy generate" would generate it, from main unless
--branch says otherwise. The server fetches and reads the repository within three minutes, asks no model and keeps nothing; each
user has one plan made at a time. What a server did change and why is in the log and the history of each of its runs.`,
    json: ['plan', 'plan on a server'],
    exitCodes: '0 printed, 1 it failed, 2 wrong usage, 130 interrupted',
  })
}

async function plan(repository: string, flags: PlanFlags, command: Command): Promise<void> {
  if (flags.onServer || namesServer(command)) return await planThere(repository, flags, command)
  if (flags.owner !== undefined)
    command.error('error: --owner is for plans of a server: add --on-server, or leave it out')
  // Loaded here, because the parsers are large and `--help` should not wait for them.
  const { planRepository } = await import('#cli/plan-repository.ts')
  const writer = writerOf(flags)
  const signal = interruptSignal('Stopping: press Ctrl-C again to end at once')
  const progress = countingLine(flags)
  const report = await planRepository({
    repository,
    out: flags.out ?? null,
    branch: flags.branch ?? null,
    provider: writer.provider,
    model: writer.model,
    repoType: flags.repoType ?? null,
    force: flags.force ?? false,
    signal,
    progress: progress.count,
  }).finally(progress.end)
  if (flags.json) printJson('plan', report)
  else for (const line of reportLines(report, 'Last build')) printResult(line)
}

async function planThere(target: string, flags: PlanFlags, command: Command): Promise<void> {
  if (flags.out !== undefined) command.error('error: a server has no folder to compare with: leave out --out')
  const server = await connect(command, { answerWithinMs: ANSWER_WITHIN_MS })
  const signal = interruptSignal('Stopping: press Ctrl-C again to end at once')
  if (!flags.quiet) printNote('The server reads the repository')
  const { branch, provider, model, owner, repoType, force } = flags
  const report = await planOnServer(server, { target, branch, provider, model, owner, repoType, force, signal })
  if (flags.json) return printJson('plan on a server', report)
  for (const line of reportLines(report, 'Last generation')) printResult(line)
  if (report.budget_left_usd !== null) printResult(`Left of the budget: ${usdText(report.budget_left_usd)}`)
}

function reportLines(report: PlanReport, last: string): string[] {
  const { name, branch, commit, provider, model, update, total_pages, navigation } = report
  const what = `${name} @ ${branch} (${commit.slice(0, 8)}), ${provider}/${model}, ${total_pages} pages`
  const since = update.from_commit === null ? [] : [`${last}: ${update.from_commit.slice(0, 8)}`]
  if (report.up_to_date) return [oneLine(what), ...since, UP_TO_DATE_MESSAGE]
  const needed = new Map(update.pages.map((page) => [page.slug, needs(page)]))
  const titles = navigation.flatMap(({ group, pages }) => [
    `  ${group}`,
    ...pages.flatMap(({ slug, title }) => [`    ${title}`, ...(needed.get(slug) ?? []).map((line) => `      ${line}`)]),
  ])
  return [
    oneLine(what),
    ...since,
    ...updateLines(update),
    ...(update.kind === 'full' ? titles.map((line) => `${/^ */.exec(line)?.[0]}${oneLine(line)}`) : []),
    `${provider} needs ${costOfUpdate(update)}`,
  ]
}
