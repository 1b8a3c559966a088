import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { closeDatabase } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import { createHub } from '#lib/live/hub.ts'
import { dispatchUpgrades } from '#lib/live/upgrade.ts'

const SOCKETS_PER_ADDRESS = 40

export interface Feed {
  port: number
  /** Opens a socket; resolves once it is open. Each few of them come from another address. */
  connect(headers: Record<string, string>): Promise<WebSocket>
  close(): Promise<void>
}

/** The live feed as the server starts it, in this process, on an empty database. */
export async function startFeed(): Promise<Feed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'docsfy-feed-'))
  Object.assign(process.env, { DATA_DIR: dataDir, ADMIN_KEY: 'the-admin-key-of-the-campaign', LOG_LEVEL: 'error' })
  delete process.env.DATABASE_URL
  await migrateDatabase()
  await loadGrants()
  const hub = createHub()
  const server = createServer()
  dispatchUpgrades(server, { hub, next: null })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  const { port } = server.address() as AddressInfo
  let opened = 0
  return {
    port,
    connect(headers) {
      const place = Math.floor(opened++ / SOCKETS_PER_ADDRESS)
      const localAddress = `127.2.${Math.floor(place / 250)}.${1 + (place % 250)}`
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/ws`, { headers, localAddress })
      return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject))
    },
    async close() {
      hub.close()
      server.close()
      server.closeAllConnections()
      await closeDatabase()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
