import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** The only types a site is served as; anything else is a download without meaning. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
const MAX_CACHED_BYTES = 64 * 1024 * 1024
const MAX_CACHED_FILE_BYTES = 2 * 1024 * 1024

export interface SiteFile {
  content: Buffer
  type: string
  etag: string
}

/** Files of published sites, least recently used first. A site never changes, so an entry is never stale. */
const cache = new Map<string, SiteFile>()
let cachedBytes = 0

/** A file of a site by decoded segments, or null. Nothing outside `root` can be named. */
export async function readSiteFile(root: string, segments: string[]): Promise<SiteFile | null> {
  if (!segments.every(isPlain)) return null
  const path = join(root, ...segments)
  const known = cache.get(path)
  if (known) {
    cache.delete(path)
    cache.set(path, known)
    return known
  }
  const content = await readRegular(path)
  if (!content) return null
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 24)}"`
  const file = { content, type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream', etag }
  remember(path, file)
  return file
}

function isPlain(segment: string): boolean {
  if (segment === '' || segment.startsWith('.')) return false
  for (const char of segment) if (char < ' ' || char === '/' || char === '\\' || char === ':') return false
  return true
}

async function readRegular(path: string): Promise<Buffer | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? await readFile(path).catch(() => null) : null
}

function remember(path: string, file: SiteFile): void {
  if (file.content.length > MAX_CACHED_FILE_BYTES || cache.has(path)) return
  cache.set(path, file)
  cachedBytes += file.content.length
  for (const [oldest, { content }] of cache) {
    if (cachedBytes <= MAX_CACHED_BYTES) return
    cache.delete(oldest)
    cachedBytes -= content.length
  }
}
