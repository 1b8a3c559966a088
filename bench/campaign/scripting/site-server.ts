import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { contentOf, type SiteFile } from '#lib/domain/site.ts'
import { policyFor } from '#lib/http/serve-docs.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
const POLICY_TAG = /<meta http-equiv="Content-Security-Policy"[^>]*>/

export interface ServedSite {
  files: ReadonlyMap<string, SiteFile>
  /** With the policy of our server, or without any. */
  hasPolicy: boolean
  /** Paths that nobody serves under our policy: a file that people download has but its own. */
  downloads?: ReadonlySet<string>
}

export interface SiteServer {
  url: string
  /** Serves a site below `/<name>/`. */
  add(name: string, site: ServedSite): void
  remove(name: string): void
  close(): void
}

/** Serves sites on loopback as our server does, or, to see what the pages alone withstand, without their policy. */
export async function startSiteServer(): Promise<SiteServer> {
  const sites = new Map<string, ServedSite>()
  const server: Server = createServer((request, response) => {
    const [address = '', query] = (request.url ?? '').split('?', 2)
    const [, name = '', ...rest] = address.split('/')
    const site = sites.get(name)
    const path = rest.map(decodeURIComponent).join('/')
    const file = site?.files.get(path)
    if (!site || file === undefined) return response.writeHead(404).end()
    const type = TYPES[extname(path)] ?? 'text/plain'
    const content = Buffer.from(contentOf(file))
    const isServed = site.hasPolicy && !site.downloads?.has(path)
    response.writeHead(200, {
      // The scripts of a site ask for its variants where they see this.
      'server-timing': 'docsfy',
      ...(isServed ? policyFor(request, `/${name}`) : {}),
      ...(path.startsWith('assets/') && query ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
      'content-type': `${type}; charset=utf-8`,
    })
    response.end(site.hasPolicy || type !== 'text/html' ? content : content.toString('utf8').replace(POLICY_TAG, ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (name, site) => void sites.set(name, site),
    remove: (name) => void sites.delete(name),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
