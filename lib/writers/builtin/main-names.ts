import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { usersOf } from '#lib/domain/symbol-users.ts'
import { factsIndex } from './facts-index.ts'
import { importanceIn } from './importance.ts'
import { INSIDE } from './key-symbols.ts'
import { isOffered } from './offered-names.ts'
import { areaOf } from './packages.ts'
import { byText } from './wording.ts'

/** A part of the repository with the names that matter most in it. */
export interface Area {
  path: string
  symbols: SymbolFact[]
  /** None of its names is offered to others, though it is known which names are. */
  isInside: boolean
}

const MOST_NAMES = 80
const FEWEST_NAMES = 6
const SHARE = 0.15
const MOST_IN_AREA = 8
const MOST_AREAS = 14
const MOST_IN_PACKAGE = 12
const MOST_OF_ALL = 40
const FEWEST_IN_AREA = 3
const MOST_ELSEWHERE = 20
/** Path of the area of names whose own part of the repository has too few for a section. */
export const ELSEWHERE = ''

interface Ranked {
  symbol: SymbolFact
  value: number
  isOffered: boolean
}

const cache = new WeakMap<Facts, Area[]>()
const rankings = new WeakMap<Facts, Ranked[]>()

/** The names a newcomer meets first, by part of the repository, most important part first. Empty when there are few. */
export function mainNames(facts: Facts): Area[] {
  const known = cache.get(facts)
  if (known) return known
  const areas = findAreas(facts)
  cache.set(facts, areas)
  return areas
}

/** The names that matter most of those that some files declare, most important first. */
export function mainNamesOf(facts: Facts, files: ReadonlySet<string>): SymbolFact[] {
  const own = rankedSymbols(facts).filter(({ symbol }) => files.has(symbol.range.path))
  const offered = own.filter((one) => one.isOffered)
  const shown = offered.length >= FEWEST_NAMES ? offered : own
  const most = Math.min(MOST_OF_ALL, Math.max(MOST_IN_PACKAGE, Math.round(shown.length * SHARE)))
  return shown.slice(0, most).map(({ symbol }) => symbol)
}

/** What a package offers comes first, with everything else behind it; one list where that is not known. */
function findAreas(facts: Facts): Area[] {
  const ranked = rankedSymbols(facts)
  const limit = Math.min(MOST_NAMES, Math.max(FEWEST_NAMES * 2, Math.round(ranked.length * SHARE)))
  const offered = ranked.filter((one) => one.isOffered)
  if (offered.length < FEWEST_NAMES) return areasOf(facts, ranked.slice(0, limit), false)
  const inside = ranked.filter((one) => !one.isOffered)
  return [...areasOf(facts, offered.slice(0, MOST_NAMES), false), ...areasOf(facts, inside.slice(0, limit), true)]
}

function areasOf(facts: Facts, chosen: Ranked[], isInside: boolean): Area[] {
  if (chosen.length < FEWEST_NAMES) return []
  const byArea = Map.groupBy(chosen, ({ symbol }) => areaOf(facts, symbol.range.path))
  const isOne = byArea.size === 1
  // A newcomer begins where the most important name is, however few stand beside it.
  const first = isInside ? null : [...byArea.keys()][0]
  const areas = [...byArea]
    .map(([path, own]) => ({
      path,
      symbols: own.slice(0, isOne ? MOST_IN_PACKAGE : MOST_IN_AREA).map(({ symbol }) => symbol),
      weight: own.reduce((sum, { value }) => sum + value, 0),
    }))
    .sort(
      (a, b) => Number(b.path === first) - Number(a.path === first) || b.weight - a.weight || byText(a.path, b.path),
    )
  const large = areas.filter(({ path, symbols }) => symbols.length >= FEWEST_IN_AREA || isOne || path === first)
  const scattered = areas.filter((area) => !large.includes(area)).flatMap(({ symbols }) => symbols)
  const elsewhere = { path: ELSEWHERE, symbols: scattered.slice(0, MOST_ELSEWHERE), isInside }
  const shown = large.slice(0, MOST_AREAS).map(({ path, symbols }) => ({ path, symbols, isInside }))
  return scattered.length > 0 ? [...shown, elsewhere] : shown
}

/** Each name once, most important first: what other files use and what documents and tests name. */
function rankedSymbols(facts: Facts): Ranked[] {
  const known = rankings.get(facts)
  if (known) return known
  const ranked = rank(facts)
  rankings.set(facts, ranked)
  return ranked
}

function rank(facts: Facts): Ranked[] {
  const importance = importanceIn(facts)
  const seen = new Set<string>()
  return [...factsIndex(facts).topLevel.values()]
    .flat()
    .filter(
      ({ kind, name, doc, range }) =>
        kind !== 'property' &&
        name !== 'default' &&
        !NOT_FOR_OTHERS.test(name) &&
        !SAID_PRIVATE.test(doc?.summary ?? '') &&
        !doc?.deprecated &&
        !PRIVATE_PLACE.test(range.path) &&
        !TOOLS.test(range.path),
    )
    .map((symbol) => ({
      symbol: documentedOf(facts, symbol),
      value: worthOf(facts, symbol, importance(symbol)),
      isOffered: isOffered(facts, symbol),
    }))
    .sort((a, b) => b.value - a.value || byText(a.symbol.id, b.symbol.id))
    .filter(({ symbol }) => !seen.has(symbol.qualified) && seen.add(symbol.qualified))
}

/** Of declarations of one name, the one with the doc comment says what it is: among overloads, or beside the code. */
function documentedOf(facts: Facts, symbol: SymbolFact): SymbolFact {
  if (symbol.doc) return symbol
  const same = factsIndex(facts).topLevel.get(symbol.range.path) ?? []
  const overload = same.find((one) => one.qualified === symbol.qualified && one.doc)
  return overload ?? (isOffered(facts, symbol) ? declarationsOf(facts).get(symbol.name) : undefined) ?? symbol
}

const declarations = new WeakMap<Facts, Map<string, SymbolFact>>()

/** Documented names of files that declare the types of code written elsewhere. */
function declarationsOf(facts: Facts): Map<string, SymbolFact> {
  const known = declarations.get(facts)
  if (known) return known
  const found = new Map(
    [...factsIndex(facts).topLevel.values()]
      .flat()
      .filter(({ doc, range }) => doc && /\.d\.[cm]?ts$/.test(range.path))
      .map((symbol) => [symbol.name, symbol] as const),
  )
  declarations.set(facts, found)
  return found
}

/** What many files use matters whatever its kind; helpers and internals matter less to a newcomer. */
function worthOf(facts: Facts, symbol: SymbolFact, importance: number): number {
  const value = importance + 2 * Math.log2(1 + usersOf(facts, symbol).length)
  return INSIDE.test(symbol.range.path) ? value * 0.7 : value
}

/** Scripts that maintainers run. */
const TOOLS = /^(?:ci|scripts?|tools?|tooling|support|bench\w*|hack|contrib|website)\//
/** Public for the language only: by the sign before the name, or by its own words. */
const NOT_FOR_OTHERS = /^_./
const SAID_PRIVATE = /^\W*(?:not public api|internal(?: use)?(?: only)?\b|@internal|private\b)/i
const PRIVATE_PLACE = /(?:^|\/)(?:_[^_/][^/]*$|_*private(?:\/|\.\w+$))/
