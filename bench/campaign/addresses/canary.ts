import { createServer, type Server } from 'node:net'
import { FORBIDDEN } from './places.ts'

export interface Canary {
  /** Addresses that were connected to since the last call. */
  hits(): string[]
  close(): void
}

/** Listens on every forbidden address and notes who comes. Nobody is answered. */
export async function startCanary(port: number): Promise<Canary> {
  let connections: string[] = []
  const servers: Server[] = []
  for (const host of FORBIDDEN) {
    const server = createServer((socket) => {
      connections.push(host)
      socket.on('error', () => undefined)
      socket.destroy()
    })
    servers.push(server)
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  }
  return {
    hits() {
      const found = connections
      connections = []
      return found
    },
    close() {
      for (const server of servers) server.close()
    },
  }
}
