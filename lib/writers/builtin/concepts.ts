import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import { usersOf } from '#lib/domain/symbol-users.ts'
import type { Composer } from './composer.ts'
import { describeSymbol } from './describe-symbol.ts'
import { ELSEWHERE, mainNames } from './main-names.ts'
import { blocks, code, escapeText, heading, pageLink, table } from './markdown.ts'
import { knowsOffered } from './offered-names.ts'
import { packagesIn } from './packages.ts'
import { placesOf } from './page-places.ts'
import { symbolCitation } from './ranges.ts'
import { kindName } from './symbol-kind.ts'
import { count, grouped, listOf } from './wording.ts'

interface SelectedConcepts {
  title: string
  areas: { path: string; name: string; slug: string | null; names: MainName[]; isInside: boolean; isOffered: boolean }[]
}

export interface MainName {
  name: string
  kind: string
  meaning: string
  users: number
  citation: SourceRange
}

const TOLD_NAMES = 6
/** Fewer users tell nothing: files of one package often use each other without an import. */
const TELLING_USERS = 3

export const conceptsComposer: Composer<SelectedConcepts> = { select, compose }

function select(facts: Facts, page: PlanPage, plan: Plan): SelectedConcepts {
  const places = placesOf(facts, plan)
  const names = new Map(packagesIn(facts).map(({ dir, name }) => [dir, name]))
  return {
    title: page.title,
    areas: mainNames(facts).map(({ path, symbols, isInside }) => ({
      path,
      isInside,
      isOffered: !isInside && knowsOffered(facts),
      name: names.get(path) ?? '',
      slug: places.ofPackage(path) ?? places.ofModule(path),
      names: namesOf(facts, symbols),
    })),
  }
}

/** The names of a part as its rows and sentences need them. */
export function namesOf(facts: Facts, symbols: SymbolFact[]): MainName[] {
  return symbols.map((symbol) => ({
    name: symbol.qualified,
    kind: kindName(symbol),
    meaning: describeSymbol(facts, symbol),
    users: usersOf(facts, symbol).length,
    citation: symbolCitation(symbol),
  }))
}

function compose({ title, areas }: SelectedConcepts): string {
  const inside = areas.filter(({ isInside }) => isInside)
  const outside = areas.filter(({ isInside }) => !isInside)
  return blocks(
    heading(1, escapeText(title)),
    ...outside.map((area) => areaText(area, outside.length === 1 ? 0 : 2)),
    inside.length > 0 &&
      blocks(
        heading(2, 'Inside'),
        'No package passes these names on and no guide names them: who changes the project meets them first.',
      ),
    ...inside.map((area) => areaText(area, 3)),
  )
}

/** Level 0: without a heading. */
function areaText({ path, name, slug, names, isOffered }: SelectedConcepts['areas'][number], level: number): string {
  return blocks(
    level > 0 && heading(level, labelOf(path, name)),
    leadOf(names, isOffered),
    nameTable(names),
    slug && referenceLine(path, slug),
  )
}

function labelOf(path: string, name: string): string {
  if (name !== '') return escapeText(name)
  if (path === ELSEWHERE) return 'Elsewhere'
  return path === '.' ? 'Top level' : code(path)
}

function referenceLine(path: string, slug: string): string {
  return `All names: ${pageLink(path === '.' ? 'top level' : code(path), slug)}.`
}

/**
 * Which of the names other files use most; simply which they are where imports name none, or where they are what the
 * project offers, whose users are not among its files.
 */
export function leadOf(names: MainName[], isOfferedList = false): string {
  const used = names.filter(({ users }) => users > 0).toSorted((a, b) => b.users - a.users)
  const first = used[0] ?? names[0]
  if (!first) return ''
  if (isOfferedList || used.length < 2 || first.users < TELLING_USERS) {
    const start = (isOfferedList ? names[0] : first) ?? first
    return `Start with ${listOf(names.slice(0, TOLD_NAMES).map(({ name }) => code(name)))}. ${cite(start.citation)}`
  }
  return `${usedMost(used)} ${cite(first.citation)}`
}

/** `a` is used by 9 files, `b` by 4 and `c` by 2. Names most used first. */
export function usedMost(used: Pick<MainName, 'name' | 'users'>[], limit = TOLD_NAMES): string {
  const parts = used
    .slice(0, limit)
    .map(({ name, users }, at) =>
      at === 0 ? `${code(name)} is used by ${count(users, 'file')}` : `${code(name)} by ${grouped(users)}`,
    )
  return `${listOf(parts)}.`
}

/** Rows of the names of one part. */
export function nameTable(names: MainName[]): string {
  const isTelling = names.some(({ users }) => users >= TELLING_USERS)
  const rows = names.map(({ name, kind, meaning, users, citation }) => [
    code(name),
    kind,
    meaning,
    isTelling && users > 0 ? count(users, 'file') : '',
    cite(citation),
  ])
  return table(['Name', 'Kind', 'What it is', 'Used by', 'Declared at'], rows)
}
