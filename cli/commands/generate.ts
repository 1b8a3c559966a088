import { type Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { EXIT, oneLine, printNote, printResult } from '#cli/output.ts'
import { showProgress } from '#cli/progress.ts'
import { type Connected, connect, serverCommand } from '#cli/server-command.ts'
import type { Ending } from '#cli/watch-generation.ts'
import { docsHref } from '#lib/domain/deep-link.ts'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import type { GenerateBody } from '#lib/domain/requests.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import { identityOf } from '#lib/domain/variant.ts'

interface GenerateFlags {
  branch: string
  provider?: string
  model?: string
  repoType?: RepoType
  force?: boolean
  watch?: boolean
  json?: boolean
  quiet?: boolean
}

/** `docsfy generate URL`: asks a server to document a repository. */
export function generateCommand(): Command {
  const command = serverCommand('generate')
    .description('Ask a server to document a repository')
    .argument('<URL>', 'address of a Git repository; as admin also the absolute path of one on the server')
    .option('-b, --branch <REF>', 'branch, tag or commit to document', 'main')
    .option('--provider <ID>', "who writes the pages (default: the server's)")
    .option('-m, --model <ID>', "model of the provider (default: the server's)")
    .addOption(new Option('-t, --repo-type <TYPE>', 'what the repository is (default: detected)').choices(REPO_TYPES))
    .option('-f, --force', 'write every page anew, even when the commit is the same')
    .option('-w, --watch', 'follow the generation to its end')
    .option('--json', 'print one JSON object: what was started, with --watch the row at the end')
    .option('-q, --quiet', 'with --watch: show no progress')
    .action(generate)
  return withHelp(command, {
    examples: [
      'docsfy generate https://github.com/owner/name',
      'docsfy generate https://github.com/owner/name -b release/2.x --watch',
      'docsfy generate git@github.com:owner/name.git --force --watch --json --quiet',
    ],
    remarks:
      'Ctrl-C while watching ends the watching, not the generation: end that with "docsfy abort".\n' +
      'When the live feed of the server cannot be reached, --watch asks every 10 seconds instead.',
    json: ['generate', 'generate --watch'],
    exitCodes:
      '0 started, with --watch only when the documentation is ready; 1 it failed or was aborted, 2 wrong usage, 130 interrupted',
  })
}

async function generate(url: string, flags: GenerateFlags, command: Command): Promise<void> {
  const server = await connect(command)
  const started = await server.api.generate(bodyOf(url, flags))
  if (!flags.json) printStarted(started, flags)
  else if (!flags.watch) printJson('generate', started)
  if (flags.watch) await watch(server, started, flags)
}

function bodyOf(url: string, { branch, provider, model, repoType, force }: GenerateFlags): GenerateBody {
  const repository = url.startsWith('/') ? { repo_path: url } : { repo_url: url }
  return { ...repository, branch, ai_provider: provider, ai_model: model, repo_type: repoType, force }
}

function printStarted({ project, branch, status, generation_id }: GenerateResponse, { repoType }: GenerateFlags): void {
  printResult(`Project: ${oneLine(project)}`)
  printResult(`Branch: ${oneLine(branch)}`)
  if (repoType) printResult(`Repo Type: ${repoType}`)
  printResult(`Status: ${status}`)
  printResult(`Generation ID: ${generation_id}`)
}

async function watch(server: Connected, { generation_id }: GenerateResponse, flags: GenerateFlags): Promise<void> {
  // Loaded here, because only --watch needs sockets.
  const { watchGeneration } = await import('#cli/watch-generation.ts')
  const signal = interruptSignal(`The generation goes on; to end it: docsfy abort ${generation_id}`)
  if (!flags.quiet) printNote('Watching generation progress...')
  const progress = showProgress(flags)
  const watching = watchGeneration({ server, generationId: generation_id, progress, signal })
  const ending = await watching.finally(progress.end)
  await printEnd({ server, generationId: generation_id, ending, flags })
  process.exitCode = ending.status === 'ready' ? EXIT.ok : EXIT.failed
}

interface Ended {
  server: Connected
  generationId: string
  ending: Ending
  flags: GenerateFlags
}

async function printEnd({ server, generationId, ending, flags }: Ended): Promise<void> {
  const row = await server.api.variantById(generationId)
  if (flags.json) printJson('generate --watch', row)
  if (ending.status !== 'ready')
    return printNote(`Error: ${oneLine(ending.message ?? `The generation ended with status ${ending.status}`)}`)
  if (!flags.quiet) printNote(ending.upToDate ? UP_TO_DATE_MESSAGE : `Generation complete! (${row.page_count} pages)`)
  if (!flags.json) printResult(`Documentation: ${server.url}${docsHref(identityOf(row), row.owner)}`)
}
