import { Command, Option } from 'commander'
import { countingLine } from '#cli/counting-line.ts'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printResult } from '#cli/output.ts'
import type { PlanReport } from '#cli/plan-report.ts'
import { needs, updateLines } from '#cli/update-lines.ts'
import { writerOf } from '#cli/writer-of.ts'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import { costOfUpdate } from '#lib/domain/plan-update.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'

interface PlanFlags {
  out?: string
  branch?: string
  provider?: string
  model?: string
  repoType?: RepoType
  force?: boolean
  json?: boolean
  quiet?: boolean
}

/** `docsfy plan REPO`: what a build would write, why, and what that costs. */
export function planCommand(): Command {
  const command = new Command('plan')
    .description('Show what a build would write now and why, without writing it')
    .argument('<REPO>', 'address of a Git repository, or path of a local one')
    .option('-o, --out <DIR>', 'folder of the site that the build would replace')
    .option('-b, --branch <REF>', "branch, tag or commit to document (default: the repository's default branch)")
    .option('--provider <ID>', 'who writes the pages (default: AI_PROVIDER, else builtin)')
    .option('-m, --model <ID>', 'model of the provider (default: AI_MODEL of AI_PROVIDER, else the first it offers)')
    .addOption(new Option('-t, --repo-type <TYPE>', 'what the repository is (default: detected)').choices(REPO_TYPES))
    .option('-f, --force', 'plan as if every page were written anew')
    .option('--json', 'print one JSON object: pages, reasons, tokens and price')
    .option('-q, --quiet', 'show no progress')
    .action(plan)
  return withHelp(command, {
    examples: [
      'docsfy plan .',
      'docsfy plan https://github.com/owner/name -o ./site -b release/2.x',
      'docsfy plan . --json | jq -r ".update.pages[] | .action + \\" \\" + .slug"',
    ],
    remarks: `The plan is compared with the last "docsfy build" of the same repository, branch, provider and model on this
machine. A page is written again when a fact it was made from changed; where facts only moved, its text stands and its citations
follow. What a server changed and why is in the log and the history of each of its runs.`,
    json: ['plan'],
    exitCodes: '0 printed, 1 it failed, 2 wrong usage, 130 interrupted',
  })
}

async function plan(repository: string, flags: PlanFlags): Promise<void> {
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
  else for (const line of reportLines(report)) printResult(line)
}

function reportLines(report: PlanReport): string[] {
  const { name, branch, commit, provider, model, update, total_pages, navigation } = report
  const what = `${name} @ ${branch} (${commit.slice(0, 8)}), ${provider}/${model}, ${total_pages} pages`
  const since = update.from_commit === null ? [] : [`Last build: ${update.from_commit.slice(0, 8)}`]
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
