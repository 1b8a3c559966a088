import { Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, outputWidth, printNote, printResult } from '#cli/output.ts'
import { canAsk, confirm } from '#cli/prompt.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import { tableLines } from '#cli/table.ts'
import { ROLES, type Role } from '#lib/domain/kinds.ts'

const SHOWN_ONCE = 'Save this API key -- it will not be shown again.'

interface JsonFlag {
  json?: boolean
}

/** `docsfy admin users`. */
export function usersCommand(): Command {
  const command = new Command('users')
    .description('Manage accounts')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(deleteCommand())
    .addCommand(rotateKeyCommand())
  return withHelp(command, { examples: ['docsfy admin users create alice', 'docsfy admin users list'] })
}

function listCommand(): Command {
  const command = serverCommand('list')
    .description('List all accounts but the built-in admin')
    .option('--json', 'print a JSON array of accounts')
    .action(list)
  return withHelp(command, { examples: ['docsfy admin users list'], json: ['admin users list'] })
}

async function list({ json }: JsonFlag, command: Command): Promise<void> {
  const { api } = await connect(command)
  const { users } = await api.users()
  if (json) return printJson('admin users list', users)
  if (users.length === 0) return printResult('No users found.')
  const columns = [{ title: 'USERNAME' }, { title: 'ROLE' }, { title: 'CREATED' }]
  const rows = users.map(({ username, role, created_at }) => [username, role, created_at].map(oneLine))
  printResult(tableLines({ columns, rows, width: outputWidth() }).join('\n'))
}

function createCommand(): Command {
  const command = serverCommand('create')
    .description('Make an account and print its key, this once')
    .argument('<USERNAME>', '2 to 50 letters, digits, ".", "_" or "-"')
    .addOption(new Option('-r, --role <ROLE>', 'what the account may do').choices(ROLES).default('user'))
    .option('--json', 'print one JSON object')
    .action(create)
  return withHelp(command, {
    examples: ['docsfy admin users create alice', 'docsfy admin users create bob --role viewer --json'],
    json: ['admin users create'],
  })
}

async function create(username: string, { role, json }: JsonFlag & { role: Role }, command: Command): Promise<void> {
  const { api } = await connect(command)
  const made = await api.createUser({ username, role })
  if (json) return printJson('admin users create', made)
  printResult(`User created: ${made.username}\nRole: ${made.role}\nAPI Key: ${made.api_key}`)
  printNote(SHOWN_ONCE)
}

function deleteCommand(): Command {
  const command = serverCommand('delete')
    .description('Delete an account with all its documentation')
    .argument('<USERNAME>', 'account to delete')
    .option('-y, --yes', 'do not ask; needed where nobody can be asked')
    .option('--json', 'print one JSON object')
    .action(remove)
  return withHelp(command, {
    examples: ['docsfy admin users delete alice', 'docsfy admin users delete alice --yes'],
    json: ['admin users delete'],
  })
}

async function remove(username: string, { yes, json }: JsonFlag & { yes?: boolean }, command: Command): Promise<void> {
  if (!yes && !canAsk()) command.error('error: nobody can be asked here: confirm with --yes')
  const { api } = await connect(command)
  if (!yes && !(await confirm(`Delete user '${oneLine(username)}' with all documentation they own?`)))
    return printNote('Nothing was deleted')
  const deleted = await api.removeUser(username)
  if (json) printJson('admin users delete', deleted)
  else printResult(`Deleted user '${oneLine(username)}'.`)
}

function rotateKeyCommand(): Command {
  const command = serverCommand('rotate-key')
    .description('Replace the key of an account and print the new one, this once')
    .argument('<USERNAME>', 'account whose key is replaced')
    .option('--new-key <KEY>', 'key to use, at least 16 characters; better left to the server')
    .option('--json', 'print one JSON object')
    .action(rotateKey)
  return withHelp(command, {
    examples: ['docsfy admin users rotate-key alice'],
    remarks: 'All sessions of the account end, and its earlier key stops working at once.',
    json: ['admin users rotate-key'],
  })
}

async function rotateKey(username: string, flags: JsonFlag & { newKey?: string }, command: Command): Promise<void> {
  const { api } = await connect(command)
  const rotated = await api.rotateUserKey(username, flags.newKey)
  if (flags.json) return printJson('admin users rotate-key', rotated)
  printResult(`User: ${rotated.username}\nNew API Key: ${rotated.new_api_key}`)
  printNote(SHOWN_ONCE)
}
