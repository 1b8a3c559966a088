import { Command } from 'commander'
import { accessCommand } from './access.ts'
import { usersCommand } from './users.ts'

/** `docsfy admin`: accounts and who may see what. */
export function adminCommand(): Command {
  return new Command('admin')
    .description('Manage accounts and access (admin only)')
    .addCommand(usersCommand())
    .addCommand(accessCommand())
}
