import { type Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { EXIT, oneLine, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { watchToEnd } from '#cli/watch-to-end.ts'
import { REPO_TYPES, type RepoType } from '#lib/domain/kinds.ts'
import type { GenerateBody } from '#lib/domain/requests.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'

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
  if (!flags.watch) return
  const { generation_id: generationId } = started
  const { row, isReady } = await watchToEnd({ server, generationId, flags })
  if (flags.json) printJson('generate --watch', row)
  process.exitCode = isReady ? EXIT.ok : EXIT.failed
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
