import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { MAX_PAGES, type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import { factsIndex } from './facts-index.ts'
import { type ModulePage, modulePages, subjectOf } from './module-pages.ts'
import { type PlannedModule, partsOfPages } from './page-parts.ts'

/** Pages kept free for everything that is not module reference. */
const OTHER_PAGES = 24
export const MAX_MODULE_PAGES = MAX_PAGES - OTHER_PAGES

/** Where things are explained in this plan: page slugs by module, file and kind. */
export interface Places {
  /** The page that holds most about a module; null when it has none. */
  ofModule(path: string): string | null
  ofFile(path: string): string | null
  /** The page that explains a symbol: its own, that of what it is a member of, or that of its file. */
  ofSymbol(symbol: SymbolFact): string | null
  /** The page about the package in a folder. */
  ofPackage(dir: string): string | null
  ofKind(kind: PlanPage['kind']): string | null
  /** Pages with what would have made this one too long. */
  partsOf(page: PlanPage): PlannedModule[]
}

/** The reference page a plan's page stands for; a subject of another writer's plan is taken as a directory or file. */
export function modulePageOf(facts: Facts, page: PlanPage): ModulePage {
  const subject = page.subject ?? '.'
  const known = modulePages(facts, MAX_MODULE_PAGES).find((one) => subjectOf(one.subject) === subject)
  if (known) return known
  const index = factsIndex(facts)
  const inside = index.documented.filter(
    ({ path }) => subject === '.' || path === subject || path.startsWith(`${subject}/`),
  )
  return {
    subject,
    modules: facts.modules
      .map((module) => module.path)
      .filter((path) => path === subject || path.startsWith(`${subject}/`)),
    sections: inside.map(({ path }) => ({ path, symbols: index.topLevel.get(path) ?? [] })),
    weight: 0,
    rank: 0,
  }
}

const cache = new WeakMap<Plan, { facts: Facts; places: Places }>()

export function placesOf(facts: Facts, plan: Plan): Places {
  const known = cache.get(plan)
  if (known?.facts === facts) return known.places
  const places = findPlaces(facts, plan)
  cache.set(plan, { facts, places })
  return places
}

function findPlaces(facts: Facts, plan: Plan): Places {
  const modules = new Map<string, string>()
  const files = new Map<string, string>()
  const symbols = new Map<string, string>()
  const packages = new Map(
    planPages(plan)
      .filter(({ kind }) => kind === 'package')
      .map(({ subject, slug }) => [subject ?? '.', slug]),
  )
  const planned = planPages(plan)
    .filter(({ kind }) => kind === 'module')
    .map((page) => ({ page, content: modulePageOf(facts, page) }))
  const parts = partsOfPages(facts, planned)
  for (const { page, content } of planned) {
    for (const path of content.modules) {
      if (!modules.has(path) || content.subject === path) modules.set(path, page.slug)
    }
    for (const section of content.sections) {
      const isAlone = content.subject.includes('#')
      if (!files.has(section.path) || !isAlone) files.set(section.path, page.slug)
      if (isAlone) for (const { qualified } of section.symbols) symbols.set(`${section.path}#${qualified}`, page.slug)
    }
  }
  return {
    ofModule: (path) => modules.get(path) ?? null,
    ofFile: (path) => files.get(path) ?? null,
    ofSymbol: ({ range, qualified, parent }) => {
      // A method may stand in another file than what it is a member of: it is told there.
      const [home = range.path, owner = parent] = parent?.includes('#') ? parent.split(/#(.*)/s) : []
      const own = symbols.get(`${range.path}#${qualified}`)
      return own ?? symbols.get(`${home}#${owner}`) ?? files.get(home) ?? files.get(range.path) ?? null
    },
    ofPackage: (dir) => packages.get(dir) ?? null,
    ofKind: (kind) => planPages(plan).find((page) => page.kind === kind)?.slug ?? null,
    partsOf: ({ slug }) => parts.get(slug) ?? [],
  }
}
