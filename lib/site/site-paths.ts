import { createHash } from 'node:crypto'
import { encodeRepositoryPath } from '#lib/domain/citations.ts'

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** Names that mean something else at the root of a site. */
const RESERVED = /^(?:index|404|llms|llms-full|assets|source|search)$/i
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/
const PLAIN_SEGMENT = /^[A-Za-z0-9_@+][A-Za-z0-9_@+.,=-]{0,99}$/

/** Where everything is in a site: file names that never collide, also where letter case does not count. */
export interface SitePaths {
  /** Slug → file name without ending, at the root of the site. */
  pages: Map<string, string>
  /** Repository path → path of its page, such as `source/lib/a.ts.html`. */
  sources: Map<string, string>
}

/** Gives every slug and every cited path a file of its own. Plain names stay as they are; others get a hash. */
export function sitePaths(slugs: Iterable<string>, sources: Iterable<string>): SitePaths {
  const names = nameAll([...sources].sort(), isPlainSource)
  return {
    pages: nameAll(slugs, isPlainSlug),
    sources: new Map([...names].map(([path, name]) => [path, `source/${name}.html`])),
  }
}

/** Path of a file of the site as a relative URL from a page that lies `depth` folders below the root. */
export function urlFrom(depth: number, path: string): string {
  return '../'.repeat(depth) + encodeRepositoryPath(path)
}

/** Keys that are plain names keep them, first come first served; the others and those that differ in case get a hash. */
function nameAll(keys: Iterable<string>, isPlain: (key: string) => boolean): Map<string, string> {
  const all = [...new Set(keys)]
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const claim = (key: string, name: string) => {
    if (taken.has(name.toLowerCase())) return
    taken.add(name.toLowerCase())
    names.set(key, name)
  }
  for (const key of all) if (isPlain(key)) claim(key, key)
  for (const key of all) {
    for (let round = 0; !names.has(key); round += 1) claim(key, hashedName(key, round))
  }
  return names
}

function isPlainSlug(slug: string): boolean {
  return PLAIN_NAME.test(slug) && !RESERVED.test(slug) && !DEVICE.test(slug)
}

function isPlainSource(path: string): boolean {
  const segments = path.split('/')
  const fits = path.length <= 180 && segments.every((part) => PLAIN_SEGMENT.test(part) && !part.endsWith('.'))
  const special = segments.some((part) => DEVICE.test(part)) || /^index$/i.test(segments.at(-1) ?? '')
  // A folder that ends in `.html` could be the page of a file without it, one in `.html.js` the script of its cited lines.
  const folderLikePage = segments.slice(0, -1).some((part) => /\.html(?:\.js)?$/i.test(part))
  return fits && !special && !folderLikePage
}

function hashedName(key: string, round: number): string {
  const readable = key
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(-60)
    .replace(/^-+/, '')
  const hash = createHash('sha256').update(`${round}:${key}`).digest('hex').slice(0, 10)
  return `${readable || 'page'}-${hash}`
}
