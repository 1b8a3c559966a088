import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { BuildRequest, Built } from '#cli/build-site.ts'
import { spendingLine } from '#cli/cost-table.ts'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { duration, EXIT, oneLine, printNote, printResult } from '#cli/output.ts'
import { showProgress } from '#cli/progress.ts'
import { siteAddress } from '#cli/site-address.ts'
import { writerOf } from '#cli/writer-of.ts'
import { config } from '#lib/config.ts'
import { tokensText } from '#lib/domain/cost-text.ts'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import { isDocsfyError } from '#lib/errors.ts'

interface BuildFlags {
  out: string
  branch?: string
  provider?: string
  model?: string
  repoType?: RepoType
  force?: boolean
  siteUrl?: string
  singleFile?: string
  json?: boolean
  quiet?: boolean
}

/** `docsfy build REPO -o DIR`: the whole job without a server. */
export function buildCommand(): Command {
  const command = new Command('build')
    .description('Build the documentation site of a repository, without a server')
    .argument('<REPO>', 'address of a Git repository, or path of a local one')
    .requiredOption('-o, --out <DIR>', 'folder for the finished site')
    .option('-b, --branch <REF>', "branch, tag or commit to document (default: the repository's default branch)")
    .option('--provider <ID>', 'who writes the pages (default: AI_PROVIDER, else builtin)')
    .option('-m, --model <ID>', 'model of the provider (default: AI_MODEL of AI_PROVIDER, else the first it offers)')
    .addOption(new Option('-t, --repo-type <TYPE>', 'what the repository is (default: detected)').choices(REPO_TYPES))
    .option('-f, --force', 'write every page anew, even when the commit is the same')
    .option('--site-url <URL>', 'address the site will be read at, for canonical links, previews and a sitemap')
    .option('--single-file <FILE>', 'write the whole site as one HTML document too, which needs no other file')
    .option('--json', 'print one JSON object that describes the result')
    .option('-q, --quiet', 'show no progress')
    .action(build)
  return withHelp(command, {
    examples: [
      'docsfy build https://github.com/owner/name -o ./site',
      'docsfy build . -o /tmp/docs --branch release/2.x',
      'docsfy build https://github.com/owner/name -o ./site -b v1.2.3',
      'docsfy build . -o ./site --single-file ./docs.html',
      'docsfy build ./clone -o ./site --json --quiet > result.json',
    ],
    remarks: `The site is put in DIR once it is finished: DIR may be absent, empty, or a site of an earlier build.
Fetched objects and written pages are kept in ~/.cache/docsfy (or XDG_CACHE_HOME), so that the next build only writes
what changed. A private repository is read with DOCSFY_REPO_TOKEN (and DOCSFY_REPO_USER, "git" when absent), over https.`,
    json: ['build'],
    exitCodes: '0 the site is ready, 1 it is not, 2 wrong usage, 130 interrupted',
  })
}

async function build(repository: string, flags: BuildFlags): Promise<void> {
  // Loaded here, because the pipeline is large and `--help` should not wait for it.
  const { buildSite, notStarted } = await import('#cli/build-site.ts')
  const signal = interruptSignal('Stopping: press Ctrl-C again to end at once')
  const progress = showProgress(flags)
  const request = requestOf(repository, flags)
  const asked = async () => await buildSite({ ...request, ...writerOf(flags) }, { signal, progress })
  const built = await asked()
    .catch((error) => {
      if (flags.json && isDocsfyError(error)) printJson('build', notStarted(request))
      throw error
    })
    .finally(progress.end)
  if (flags.json) printJson('build', built.report)
  else printSummary(built)
  if (built.message !== null) printNote(`Error: ${oneLine(built.message)}`)
  process.exitCode = exitCode(built)
}

function requestOf(repository: string, flags: BuildFlags): BuildRequest {
  const { aiProvider, aiModel } = config()
  return {
    repository,
    out: flags.out,
    branch: flags.branch ?? null,
    provider: flags.provider ?? aiProvider,
    model: flags.model ?? aiModel,
    repoType: flags.repoType ?? null,
    force: flags.force ?? false,
    singleFile: flags.singleFile === undefined ? null : resolve(flags.singleFile),
    siteAddress: flags.siteUrl === undefined ? null : siteAddress(flags.siteUrl),
  }
}

function printSummary({ report, upToDate }: Built): void {
  if (report.site === null) return
  const { name, branch, commit, page_count, total_pages, warnings } = report
  if (upToDate) printResult(UP_TO_DATE_MESSAGE)
  const what = `${name} @ ${branch} (${commit?.slice(0, 8)})`
  printResult(`Ready: ${oneLine(what)}, ${page_count} of ${total_pages} pages in ${duration(report.duration_ms)}`)
  if (tokensText(report.spent) !== null) printResult(spendingLine(report.spent))
  if (warnings.length > 0) printResult(`Warnings: ${warnings.length}`)
  printResult(`Site: ${report.site}`)
}

function exitCode({ report }: Built): number {
  if (report.status === 'ready') return EXIT.ok
  return report.status === 'aborted' ? EXIT.interrupted : EXIT.failed
}
