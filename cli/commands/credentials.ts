import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, outputWidth, printResult } from '#cli/output.ts'
import { ask, askSecret, canAsk, firstInputLine } from '#cli/prompt.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { tableLines } from '#cli/table.ts'

interface JsonFlag {
  json?: boolean
}

interface SetFlags extends JsonFlag {
  gitUser?: string
}

const HOST_HELP = 'host of private repositories, with its port when it has one'

/** `docsfy credentials`: what the server shows to the hosts of your private repositories. */
export function credentialsCommand(): Command {
  const command = new Command('credentials')
    .description('Keep your tokens for private repositories on the server, encrypted')
    .addCommand(setCommand())
    .addCommand(listCommand())
    .addCommand(deleteCommand())
  return withHelp(command, { examples: ['docsfy credentials set github.com', 'docsfy credentials list'] })
}

function setCommand(): Command {
  const command = serverCommand('set')
    .description('Store or replace your token for a host')
    .argument('<HOST>', HOST_HELP)
    .option('--git-user <NAME>', 'user name for the host (default: asked for, "git")')
    .option('--json', 'print one JSON object')
    .action(set)
  return withHelp(command, {
    examples: [
      'docsfy credentials set github.com',
      'docsfy credentials set git.example.com:8443 --git-user ann < token.txt',
    ],
    remarks:
      'The token is asked for on a terminal and read from standard input elsewhere; it is never an argument, because other\n' +
      'users of the machine can see those. Give it read access to contents and nothing else. It goes with your own runs only.',
    json: ['credentials set'],
  })
}

async function set(host: string, { gitUser, json }: SetFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const username = gitUser ?? (canAsk() ? await ask('User name', 'git') : 'git')
  const token = (canAsk() ? await askSecret('Token') : await firstInputLine()).trim()
  const saved = await api.setCredential({ host, username, token })
  if (json) printJson('credentials set', saved)
  else printResult(oneLine(`Stored credentials of '${saved.username}' for ${saved.host}.`))
}

function listCommand(): Command {
  const command = serverCommand('list')
    .description('List the hosts you have stored tokens for')
    .option('--json', 'print a JSON array')
    .action(list)
  return withHelp(command, { examples: ['docsfy credentials list'], json: ['credentials list'] })
}

async function list({ json }: JsonFlag, command: Command): Promise<void> {
  const { api } = await connect(command)
  const { credentials } = await api.credentials()
  if (json) return printJson('credentials list', credentials)
  if (credentials.length === 0) return printResult('No credentials found.')
  const columns = [{ title: 'HOST' }, { title: 'USER' }, { title: 'STORED' }]
  const rows = credentials.map(({ host, username, created_at }) => [host, username, created_at].map(oneLine))
  printResult(tableLines({ columns, rows, width: outputWidth() }).join('\n'))
}

function deleteCommand(): Command {
  const command = serverCommand('delete')
    .description('Forget your token for a host')
    .argument('<HOST>', HOST_HELP)
    .option('--json', 'print one JSON object')
    .action(remove)
  return withHelp(command, { examples: ['docsfy credentials delete github.com'], json: ['credentials delete'] })
}

async function remove(host: string, { json }: JsonFlag, command: Command): Promise<void> {
  const { api } = await connect(command)
  const deleted = await api.removeCredential(host)
  if (json) printJson('credentials delete', deleted)
  else printResult(oneLine(`Forgot the credentials for ${deleted.deleted}.`))
}
