import type { SymbolFact } from '#lib/domain/facts.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'

const ROUTE_FILE = /^(?:.*\/)?app\/(?:(.*)\/)?route\.[jt]sx?$/
const PAGES_API = /^(?:.*\/)?pages\/(api\/.*)\.[jt]sx?$/
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/

/** Routes of Next: exported methods of `app/…/route` files, the default export of `pages/api` files. */
export function nextRoutes(symbols: SymbolFact[]): RawRoute[] {
  return symbols.flatMap(({ name, parent, range, declaration, public: isPublic, range: { path } }) => {
    if (parent !== null || !isPublic) return []
    const match = ROUTE_FILE.exec(path)
    if (match && METHOD.test(name))
      return [{ method: name, path: urlOf(match[1] ?? ''), handler: name, router: null, range: declaration }]
    const page = PAGES_API.exec(path)?.[1]
    if (!page || (name !== 'handler' && name !== 'default')) return []
    return [{ method: 'ANY', path: urlOf(page.replace(/(?:^|\/)index$/, '')), handler: name, router: null, range }]
  })
}

/** Groups `(name)` and slots `@name` are not part of the address. */
function urlOf(dir: string): string {
  const parts = dir.split('/').filter((part) => part && !/^\(.*\)$/.test(part) && !part.startsWith('@'))
  return `/${parts.join('/')}`
}
