import { Command } from 'commander'
import { withHelp } from '#cli/help.ts'

/** `docsfy help admin users`: the same as `docsfy admin users --help`. */
export function helpCommand(): Command {
  const command = new Command('help')
    .description('show help')
    .argument('[COMMAND...]', 'a command, with those below it')
    .action((names: string[]) => commandNamed(command.parent ?? command, names).outputHelp())
  return withHelp(command, { examples: ['docsfy help generate', 'docsfy help admin users create'] })
}

function commandNamed(parent: Command, names: string[]): Command {
  const [name, ...below] = names
  if (name === undefined) return parent
  const found = parent.commands.find((one) => one.name() === name)
  return found ? commandNamed(found, below) : parent.error(`error: unknown command '${name}'`)
}
