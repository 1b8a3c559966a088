import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printNote, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { hereOnly, narrowedPath } from '#lib/domain/hooks.ts'

interface HookFlags {
  owner?: string
  json?: boolean
}

interface CreateFlags extends HookFlags {
  unsigned?: boolean
  branch?: string
  provider?: string
  model?: string
}

const NAME_HELP = 'name of the project'
const OWNER_HELP = 'whose project, when several people have one of this name'

/** `docsfy hook`: where a forge tells of pushes to a project. */
export function hookCommand(): Command {
  const command = new Command('hook')
    .description('Let GitHub, GitLab, Gitea, Forgejo or curl refresh documentation at every push')
    .addCommand(createCommand())
    .addCommand(showCommand())
    .addCommand(deleteCommand())
  return withHelp(command, { examples: ['docsfy hook create click', 'docsfy hook show click'] })
}

function createCommand(): Command {
  const command = serverCommand('create')
    .description('Make the push hook of a project, or give it another address and secret')
    .argument('<NAME>', NAME_HELP)
    .option('--unsigned', 'also take requests without a signature: whoever knows the address can start refreshes')
    .option('-b, --branch <BRANCH>', 'let the address stand for variants of this branch only')
    .option('--provider <ID>', 'let the address stand for variants of this provider only')
    .option('-m, --model <ID>', 'let the address stand for variants of this model only')
    .option('--owner <NAME>', OWNER_HELP)
    .option('--json', 'print one JSON object')
    .action(create)
  return withHelp(command, {
    examples: [
      'docsfy hook create click',
      'docsfy hook create click --provider builtin',
      'docsfy hook create click --unsigned --json',
    ],
    remarks:
      'Address and secret are shown this once; the address holds a token, so keep it like a password. An earlier hook of the\n' +
      'project is void at once. A push refreshes every variant of the branch that was pushed, or those that the address stands for:\n' +
      'branch, provider and model stand behind its question mark and can be changed there. docs/refresh.md says where each forge\n' +
      'wants address and secret.',
    json: ['hook create'],
  })
}

async function create(name: string, flags: CreateFlags, command: Command): Promise<void> {
  const { owner, unsigned, json } = flags
  const { api, url } = await connect(command)
  const made = await api.createHook({ name, owner }, { needs_signature: !unsigned })
  const hook = { ...made, path: narrowedPath(made.path, flags) }
  if (json) return printJson('hook create', hook)
  printResult(`Address: ${url}${hook.path}`)
  printResult(`Secret: ${hook.secret}`)
  printNote('Both are shown this once. Send pushes as JSON; docs/refresh.md has the steps for each forge.')
  const warning = hereOnly(url)
  if (warning) printNote(warning)
}

function showCommand(): Command {
  const command = serverCommand('show')
    .description('Show whether a project has a push hook, and what it was told last')
    .argument('<NAME>', NAME_HELP)
    .option('--owner <NAME>', OWNER_HELP)
    .option('--json', 'print one JSON object')
    .action(show)
  return withHelp(command, { examples: ['docsfy hook show click'], json: ['hook show'] })
}

async function show(name: string, { owner, json }: HookFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const answer = await api.hook({ name, owner })
  if (json) return printJson('hook show', answer)
  const { hook } = answer
  if (!hook) return printResult(oneLine(`'${name}' has no push hook.`))
  printResult(oneLine(`Made: ${hook.created_at} by ${hook.created_by}`))
  printResult(`Signature: ${hook.needs_signature ? 'needed' : 'not needed'}`)
  printResult(
    oneLine(`Last delivery: ${hook.last_received_at ? `${hook.last_received_at}, ${hook.last_message}` : 'none yet'}`),
  )
}

function deleteCommand(): Command {
  const command = serverCommand('delete')
    .description('Revoke the push hook of a project')
    .argument('<NAME>', NAME_HELP)
    .option('--owner <NAME>', OWNER_HELP)
    .option('--json', 'print one JSON object')
    .action(remove)
  return withHelp(command, { examples: ['docsfy hook delete click'], json: ['hook delete'] })
}

async function remove(name: string, { owner, json }: HookFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const deleted = await api.removeHook({ name, owner })
  if (json) printJson('hook delete', deleted)
  else printResult(oneLine(`Revoked the push hook of '${deleted.deleted}'.`))
}
