import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'

/** `docsfy health`: whether a server works. */
export function healthCommand(): Command {
  const command = serverCommand('health')
    .description('Check that a server works')
    .option('--json', 'print one JSON object')
    .action(health)
  return withHelp(command, {
    examples: ['docsfy health', 'docsfy --host docs.example.com --port 443 health'],
    json: ['health'],
    exitCodes: '0 it works, 1 it does not or cannot be reached, 2 wrong usage',
  })
}

async function health({ json }: { json?: boolean }, command: Command): Promise<void> {
  const { api, url } = await connect(command, { needsKey: false })
  const { status } = await api.health()
  if (json) printJson('health', { server: url, status })
  else printResult(`Server: ${url}\nStatus: ${status}`)
}
