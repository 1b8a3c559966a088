import { type Facts, REFERENCE_KINDS, type RouteFact, type SourceRange, type SymbolFact } from '#lib/domain/facts.ts'
import { tight, union } from './ranges.ts'
import { byText, firstSentence } from './wording.ts'

/** A route with what its handler says of itself and uses of this repository. */
export interface HandledRoute {
  route: RouteFact
  meaning: string
  /** Names of symbols, what is called first. */
  uses: string[]
  /** The registration, and of the handler behind it what fits. */
  citation: SourceRange
}

const MOST_USES = 3

/** The routes with their handlers looked up: in their own file, else where the file imports the name from. */
export function handledRoutes(facts: Facts, routes: RouteFact[]): HandledRoute[] {
  const inFile = Map.groupBy(facts.symbols, ({ range }) => range.path)
  const importsOf = Map.groupBy(facts.imports, ({ from }) => from)
  const handlerOf = ({ handler, range: { path } }: RouteFact): SymbolFact | null => {
    if (!handler) return null
    const name = handler.split(/[.:#@]+/).at(-1) ?? handler
    const isIt = (symbol: SymbolFact) => symbol.qualified === handler || symbol.name === name
    const own = inFile.get(path)?.find(isIt)
    if (own) return own
    const sources = (importsOf.get(path) ?? []).filter(
      ({ to, names }) => to !== null && (names.includes(name) || handler !== name),
    )
    return sources.flatMap(({ to }) => inFile.get(to ?? '') ?? []).find(isIt) ?? null
  }
  const handlers = routes.map(handlerOf)
  const usesOf = usesOfHandlers(facts, new Set(handlers.filter((one) => one !== null)))
  return routes.map((route, at) => {
    const handler = handlers[at]
    return {
      route,
      meaning: firstSentence(handler?.doc?.summary ?? ''),
      uses: handler ? (usesOf.get(handler) ?? []) : [],
      citation: handler?.range.path === route.range.path ? tight(union(route.range, handler.range)) : route.range,
    }
  })
}

/** What the handlers use, by the references inside them: calls first, what few of them use before what most do. */
function usesOfHandlers(facts: Facts, handlers: ReadonlySet<SymbolFact>): Map<SymbolFact, string[]> {
  const { symbol, target, kind } = facts.references
  const found = new Map<SymbolFact, Map<SymbolFact, number>>()
  const users = new Map<SymbolFact, number>()
  for (const [at, user] of symbol.entries()) {
    const own = user < 0 ? undefined : facts.symbols[user]
    const used = facts.symbols[target[at] ?? -1]
    if (!own || !used || !handlers.has(own) || used === own || used.parent === own.id) continue
    const how = REFERENCE_KINDS[kind[at] ?? 0] ?? 'use'
    if (how === 'use' && /^(?:variable|constant)$/.test(used.kind)) continue
    const list = found.get(own) ?? new Map<SymbolFact, number>()
    found.set(own, list)
    if (!list.has(used)) users.set(used, (users.get(used) ?? 0) + 1)
    list.set(used, Math.min(list.get(used) ?? CALLED.length, CALLED.indexOf(how)))
  }
  return new Map(
    [...found].map(([own, list]) => {
      const sorted = [...list].sort(
        ([a, x], [b, y]) => x - y || (users.get(a) ?? 0) - (users.get(b) ?? 0) || byText(a.qualified, b.qualified),
      )
      return [own, [...new Set(sorted.map(([used]) => used.qualified))].slice(0, MOST_USES)]
    }),
  )
}

/** What a handler calls tells more of a request than the types it names. */
const CALLED: (typeof REFERENCE_KINDS)[number][] = ['call', 'create', 'use', 'type', 'extend', 'implement']
