import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { policyFor } from '#lib/http/serve-docs.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}
const POLICY_TAG = /<meta http-equiv="Content-Security-Policy"[^>]*>/

export interface SiteServer {
  url: string
  /** Serves these files below `/<name>/`, with our policy or without any. */
  add(name: string, files: SiteFiles | string, hasPolicy: boolean): void
  close(): void
}

/** Serves sites on loopback as our server does, or, to see what the pages alone withstand, without their policy. */
export async function startSiteServer(): Promise<SiteServer> {
  const sites = new Map<string, { files: SiteFiles | string; hasPolicy: boolean }>()
  const server: Server = createServer((request, response) => {
    const [, name = '', ...rest] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? []
    const site = sites.get(name)
    const path = rest.map(decodeURIComponent).join('/')
    const file = typeof site?.files === 'string' ? site.files : site?.files.get(path)
    if (!site || file === undefined) return response.writeHead(404).end()
    const type = typeof site.files === 'string' ? 'text/html' : (TYPES[extname(path)] ?? 'text/plain')
    const text = Buffer.from(typeof file === 'string' ? file : contentOf(file))
    const policy = site.hasPolicy ? policyFor(request, `/${name}`) : {}
    response.writeHead(200, { ...policy, 'content-type': `${type}; charset=utf-8` })
    response.end(site.hasPolicy || type !== 'text/html' ? text : text.toString('utf8').replace(POLICY_TAG, ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (name, files, hasPolicy) => void sites.set(name, { files, hasPolicy }),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
