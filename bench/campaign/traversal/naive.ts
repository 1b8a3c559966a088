import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file server as one writes it in a hurry: decodes the path and puts it behind its folder. */
export async function startNaive(root: string): Promise<{ port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(request.url ?? '').replaceAll('\\', '/')
      response.end(await readFile(`${root}/${path}`))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
