import { glob, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
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

interface Packed {
  body: Buffer
  headers: Record<string, string>
}

/** Serves a folder as a static host would: from memory, compressed before anybody asks, so that no answer waits for it. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const packed = new Map<string, Packed>()
  for (const path of await Array.fromAsync(glob('**/*.*', { cwd: folder })))
    packed.set(`/${path}`, await packedFile(join(folder, path)))
  let bytes = 0
  const server = createServer((request, response) => {
    const file = packed.get(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname))
    if (!file) return response.writeHead(404).end()
    bytes += file.body.length
    return response.writeHead(200, { ...file.headers, 'cache-control': 'max-age=600' }).end(file.body)
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

async function packedFile(path: string): Promise<Packed> {
  const plain = await readFile(path)
  const packed = await promisify(gzip)(plain)
  const isSmaller = packed.length < plain.length
  const encoding: Record<string, string> = isSmaller ? { 'content-encoding': 'gzip' } : {}
  const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...encoding }
  return { body: isSmaller ? packed : plain, headers }
}
