import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'

interface ListFlags {
  owner: string
  json?: boolean
}

interface GrantFlags extends ListFlags {
  username: string
}

const OWNER_HELP = 'whose project'

/** `docsfy admin access`. */
export function accessCommand(): Command {
  const command = new Command('access')
    .description('Manage who may read a project')
    .addCommand(listCommand())
    .addCommand(grantCommand())
    .addCommand(revokeCommand())
  return withHelp(command, {
    examples: [
      'docsfy admin access grant docsfy --username bob --owner alice',
      'docsfy admin access list docsfy --owner alice',
    ],
  })
}

function listCommand(): Command {
  const command = serverCommand('list')
    .description('List who was granted a project')
    .argument('<PROJECT>', 'name of the project')
    .requiredOption('--owner <NAME>', OWNER_HELP)
    .option('--json', 'print one JSON object')
    .action(list)
  return withHelp(command, {
    examples: ['docsfy admin access list docsfy --owner alice'],
    json: ['admin access list'],
  })
}

async function list(name: string, { owner, json }: ListFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const access = await api.access({ name, owner })
  if (json) return printJson('admin access list', access)
  const users = access.users.length > 0 ? `Users with access: ${access.users.join(', ')}` : 'No access grants.'
  printResult([`Project: ${access.project}`, `Owner: ${access.owner}`, users].map(oneLine).join('\n'))
}

function grantCommand(): Command {
  const command = withGrantFlags(serverCommand('grant'))
    .description('Let somebody read all variants of a project')
    .action(grant)
  return withHelp(command, {
    examples: ['docsfy admin access grant docsfy --username bob --owner alice'],
    json: ['admin access grant'],
  })
}

async function grant(name: string, { username, owner, json }: GrantFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const granted = await api.grantAccess({ name, owner }, username)
  if (json) printJson('admin access grant', granted)
  else printResult(oneLine(`Granted '${granted.username}' access to '${granted.granted}' (owner: ${granted.owner}).`))
}

function revokeCommand(): Command {
  const command = withGrantFlags(serverCommand('revoke')).description('Take access to a project back').action(revoke)
  return withHelp(command, {
    examples: ['docsfy admin access revoke docsfy --username bob --owner alice'],
    remarks: 'What the person has open narrows at once.',
    json: ['admin access revoke'],
  })
}

async function revoke(name: string, { username, owner, json }: GrantFlags, command: Command): Promise<void> {
  const { api } = await connect(command)
  const revoked = await api.revokeAccess({ name, owner }, username)
  if (json) printJson('admin access revoke', revoked)
  else printResult(oneLine(`Revoked '${revoked.username}' access to '${revoked.revoked}' (owner: ${revoked.owner}).`))
}

function withGrantFlags(command: Command): Command {
  return command
    .argument('<PROJECT>', 'name of the project')
    .requiredOption('--username <NAME>', 'who')
    .requiredOption('--owner <NAME>', OWNER_HELP)
    .option('--json', 'print one JSON object')
}
