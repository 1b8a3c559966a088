import { decoded } from '#lib/domain/decoded.ts'
import { type DocPage, type Inline, inlinesOf } from '#lib/score/pages/page.ts'
import type { Target } from '#lib/score/pages/read-target.ts'

export type Destination =
  | { kind: 'page'; page: DocPage; fragment: string }
  | { kind: 'file' }
  /** Leaves the folder; `path` is what is left of it in the repository. */
  | { kind: 'outside'; path: string }
  | { kind: 'missing' }
  /** An address with a scheme, a placeholder: nothing that could be checked here. */
  | { kind: 'elsewhere' }

/** Every link and image of a page, those of its menus included. */
export function linksOf(page: DocPage): Inline[] {
  const known = new Set(page.navigation.map(({ href }) => href))
  const inText = page.blocks.flatMap(inlinesOf).filter(({ href }) => href !== null && !known.has(href))
  return [...page.navigation, ...inText]
}

/** Finds where links of a folder of documentation lead, by the habits of the common site generators. */
export class LinkResolver {
  private readonly byKey: Map<string, DocPage>
  private readonly files: Set<string>
  private readonly folders = new Set<string>()

  constructor({ pages, files }: Pick<Target, 'pages' | 'files'>) {
    this.byKey = new Map(pages.map((page) => [page.key, page]))
    this.files = files
    for (const file of files)
      for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1))
        this.folders.add(file.slice(0, at))
  }

  resolve(href: string, from: DocPage): Destination {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href) || /[{}<>]/.test(href)) return { kind: 'elsewhere' }
    const [whole = '', fragment = ''] = href.split('#')
    const address = decoded(whole.replace(/\?.*$/, ''))
    if (address === '') return { kind: 'page', page: from, fragment }
    if (address.startsWith('/')) return this.absolute(address, fragment)
    const folder = from.file.includes('/') ? from.file.slice(0, from.file.lastIndexOf('/')) : ''
    const path = joined(folder, address)
    return path === null
      ? { kind: 'outside', path: address.replace(/^(?:\.{1,2}\/)+/, '').replace(/\/$/, '') }
      : this.inside(path, fragment)
  }

  /** From the root of the site, which may be published below a base path. */
  private absolute(address: string, fragment: string): Destination {
    const path = joined('', address.slice(1)) ?? ''
    const direct = this.inside(path, fragment)
    if (direct.kind !== 'missing' || !path.includes('/')) return direct
    return this.inside(path.slice(path.indexOf('/') + 1), fragment)
  }

  private inside(path: string, fragment: string): Destination {
    const stem = path.replace(/\.(?:md|mdx|markdown|rst|html?)$/i, '')
    for (const key of [
      stem,
      path,
      ...['index', 'README', 'readme', '_index'].map((name) => joined(path, name) ?? name),
    ]) {
      const page = this.byKey.get(key)
      if (page) return { kind: 'page', page, fragment }
    }
    const isThere = path === '' || this.files.has(path) || this.files.has(`${path}.html`) || this.folders.has(path)
    return isThere ? { kind: 'file' } : { kind: 'missing' }
  }
}

/** The path below the root; null when it would leave it. */
function joined(folder: string, address: string): string | null {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of address.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
