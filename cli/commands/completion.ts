import { Argument, Command } from 'commander'
import { bashCompletion } from '#cli/completion/bash.ts'
import { completionContexts } from '#cli/completion/contexts.ts'
import { fishCompletion } from '#cli/completion/fish.ts'
import { zshCompletion } from '#cli/completion/zsh.ts'
import { withHelp } from '#cli/help.ts'
import { printResult } from '#cli/output.ts'

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** `docsfy completion SHELL`: made from the definitions of the commands themselves. */
export function completionCommand(): Command {
  const command = new Command('completion')
    .description('Print a script that completes commands and options in your shell')
    .addArgument(new Argument('<SHELL>', 'your shell').choices(Object.keys(SHELLS)))
    .action((shell: keyof typeof SHELLS, _flags: unknown, self: Command) => {
      if (self.parent) printResult(SHELLS[shell](completionContexts(self.parent)))
    })
  return withHelp(command, {
    examples: [
      'source <(docsfy completion bash)',
      'docsfy completion zsh > ~/.zfunc/_docsfy   # with ~/.zfunc in fpath',
      'docsfy completion fish > ~/.config/fish/completions/docsfy.fish',
    ],
    remarks:
      'It completes commands, options, the values an option may have, and the names of your server profiles; file names\n' +
      'elsewhere. Make it anew after an update of docsfy. bash 4, zsh 5 and fish 3 or later.',
  })
}
