import { Command, Option } from 'commander'
import { withHelp } from '#cli/help.ts'
import { portNumber } from '#cli/port-number.ts'
import { runServer, type ServerFlags } from '#cli/run-server.ts'
import { connectionFlags } from '#cli/server-command.ts'

export const SERVER_EXIT_CODES = '0 ended by Ctrl-C, 1 it could not start or stop properly, 2 wrong usage'

/** `docsfy serve`: the server alone. */
export function serveCommand(): Command {
  const command = withServerOptions(new Command('serve'))
    .description('Start the server: dashboard, API and finished sites')
    .action((_: ServerFlags, command: Command) => runServer(serverFlags(command), async () => {}))
  return withHelp(command, {
    examples: ['docsfy serve', 'docsfy serve --host 0.0.0.0 --port 8080'],
    remarks: 'It runs until Ctrl-C. All other settings are environment variables: see .env.example.',
    exitCodes: SERVER_EXIT_CODES,
  })
}

/** `--host` and `--port`, wherever they were given; behind the command they count first. */
export function serverFlags(command: Command): ServerFlags {
  const { host, port } = connectionFlags(command)
  return { host, port }
}

/** Adds `--host` and `--port`. */
export function withServerOptions(command: Command): Command {
  return command
    .option('--host <HOST>', 'address to listen on (default: HOST, else 127.0.0.1)')
    .addOption(new Option('--port <PORT>', 'port to listen on (default: PORT, else 8000)').argParser(portNumber))
}
