import { InvalidArgumentError } from 'commander'

/** Reads a port given as an option; commander tells the person why another text is refused. */
export function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
