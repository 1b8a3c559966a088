import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

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
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
const COMPRESSIBLE = /^text\/|json|xml/
const MIN_COMPRESSED_BYTES = 1024
const MAX_KEPT_BYTES = 64 * 1024 * 1024
const MAX_KEPT_FILE_BYTES = 2 * 1024 * 1024
/** Pages take 1 to 3 ms once; the next setting takes ten more for a percent. Large files take ten times as long as most. */
const BROTLI_QUALITY = 8
const BROTLI_QUALITY_OF_LARGE = 5
const LARGE_BYTES = 256 * 1024

export type Encoding = 'br' | 'gzip'

export interface SiteFile {
  path: string
  type: string
  etag: string
  bytes: number
  /** Null for a file too large to be kept, which is streamed from disk. */
  content: Buffer | null
  isCompressible: boolean
  /** Compressed once, when first asked for. */
  packed: Map<Encoding, Promise<Buffer>>
  packedBytes: number
}

/** Files of published sites, least recently used first. A site never changes, so an entry is never stale. */
const kept = new Map<string, SiteFile>()
const reading = new Map<string, Promise<SiteFile | null>>()
let keptBytes = 0

/** A file of a site by decoded segments, or null. Nothing outside `root` can be named. */
export async function readSiteFile(root: string, segments: string[]): Promise<SiteFile | null> {
  if (!segments.every(isPlain)) return null
  const path = join(root, ...segments)
  const known = kept.get(path)
  if (known) {
    kept.delete(path)
    kept.set(path, known)
    return known
  }
  const underWay = reading.get(path) ?? readWhole(path).finally(() => reading.delete(path))
  reading.set(path, underWay)
  return underWay
}

/** A file of a site as it is sent in an encoding; made once and kept with the file. */
export function packedContent(file: SiteFile, content: Buffer, encoding: Encoding): Promise<Buffer> {
  const known = file.packed.get(encoding)
  if (known) return known
  const made = pack(content, encoding).then((packed) => {
    if (kept.get(file.path) === file) {
      file.packedBytes += packed.length
      grow(packed.length)
    }
    return packed
  })
  file.packed.set(encoding, made)
  return made
}

/** Bytes that files of sites take in memory now; at most 64 MB. */
export function siteMemoryBytes(): number {
  return keptBytes
}

function isPlain(segment: string): boolean {
  if (segment === '' || segment.startsWith('.')) return false
  for (const char of segment) if (char < ' ' || char === '/' || char === '\\' || char === ':') return false
  return true
}

async function readWhole(path: string): Promise<SiteFile | null> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return null
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
  const base = { path, type, packed: new Map<Encoding, Promise<Buffer>>(), packedBytes: 0 }
  if (found.size > MAX_KEPT_FILE_BYTES) {
    const etag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`
    return { ...base, etag, bytes: found.size, content: null, isCompressible: false }
  }
  const content = await readFile(path).catch(() => null)
  if (!content) return null
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 24)}"`
  const isCompressible = COMPRESSIBLE.test(type) && content.length >= MIN_COMPRESSED_BYTES
  const file = { ...base, etag, bytes: content.length, content, isCompressible }
  kept.set(path, file)
  grow(content.length)
  return file
}

function pack(content: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(content)
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: content.length > LARGE_BYTES ? BROTLI_QUALITY_OF_LARGE : BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  return promisify(brotliCompress)(content, { params })
}

/** What was used longest ago goes when the limit is passed, with everything that was made of it. */
function grow(bytes: number): void {
  keptBytes += bytes
  for (const [path, file] of kept) {
    if (keptBytes <= MAX_KEPT_BYTES) return
    kept.delete(path)
    keptBytes -= file.bytes + file.packedBytes
  }
}
