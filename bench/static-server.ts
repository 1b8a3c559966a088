import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

export interface StaticServer {
  url: string
  /** Bytes of bodies sent since this was last asked, each compressed where that makes it smaller. */
  takeBytes(): number
  stop(): Promise<void>
}

/** Serves a folder as a static host would: compressed, from memory after the first time. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const known = new Map<string, { body: Buffer; headers: Record<string, string> }>()
  let bytes = 0
  const load = async (path: string) => {
    const plain = await readFile(join(folder, normalize(`/${path}`)))
    const packed = await promisify(gzip)(plain)
    const isPacked = packed.length < plain.length
    const encoding: Record<string, string> = isPacked ? { 'content-encoding': 'gzip' } : {}
    const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...encoding }
    return { body: isPacked ? packed : plain, headers }
  }
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
    try {
      const file = known.get(path) ?? (await load(path))
      known.set(path, file)
      bytes += file.body.length
      response.writeHead(200, { ...file.headers, 'cache-control': 'max-age=600' }).end(file.body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeBytes() {
      const taken = bytes
      bytes = 0
      return taken
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
