import { Command, InvalidArgumentError, Option } from 'commander'
import { runServer, type ServerFlags } from '#cli/run-server.ts'

/** `docsfy serve`: the server alone. */
export function serveCommand(): Command {
  const command = new Command('serve').description('Start the server: dashboard, API and finished sites')
  return withServerOptions(command).action((flags: ServerFlags) => runServer(flags, async () => {}))
}

/** Adds `--host` and `--port`. */
export function withServerOptions(command: Command): Command {
  return command
    .option('--host <HOST>', 'address to listen on (default: HOST, else 127.0.0.1)')
    .addOption(new Option('--port <PORT>', 'port to listen on (default: PORT, else 8000)').argParser(portNumber))
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
