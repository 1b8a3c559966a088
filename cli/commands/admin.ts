import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { accessCommand } from './access.ts'
import { adminCostCommand } from './admin-cost.ts'
import { usersCommand } from './users.ts'

/** `docsfy admin`: accounts and who may see what. */
export function adminCommand(): Command {
  const command = new Command('admin')
    .description('Manage accounts and access, see what was spent (admin only)')
    .addCommand(usersCommand())
    .addCommand(accessCommand())
    .addCommand(adminCostCommand())
  return withHelp(command, {
    examples: ['docsfy admin users list', 'docsfy admin access grant docsfy --username bob --owner alice'],
  })
}
