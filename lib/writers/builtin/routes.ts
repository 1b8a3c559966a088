import type { Facts } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { type Flow, flowFrom, flowText } from './flow.ts'
import { offeredRoutes, routeTable } from './interface-tables.ts'
import { blocks, code, escapeText, heading } from './markdown.ts'
import { type HandledRoute, handledRoutes } from './route-handlers.ts'
import { byText, count } from './wording.ts'

interface SelectedRoutes {
  title: string
  routes: HandledRoute[]
  flow: Flow
}

/** Above this many routes the page has a section per file that registers them, or per path where each has a file. */
const ONE_TABLE = 20

export const routesComposer: Composer<SelectedRoutes> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedRoutes {
  const routes = offeredRoutes(facts)
  const flow = flowFrom(facts, [...new Set(routes.map(({ range }) => range.path))])
  return { title: page.title, routes: handledRoutes(facts, routes), flow }
}

function compose({ title, routes, flow }: SelectedRoutes): string {
  const sorted = routes.toSorted(({ route: a }, { route: b }) => byText(a.path, b.path) || byText(a.method, b.method))
  const files = [...Map.groupBy(sorted, ({ route }) => route.range.path)].sort(([a], [b]) => byText(a, b))
  const isPerFile = files.length * 3 <= routes.length
  const paths = [...Map.groupBy(sorted, ({ route }) => route.path.split('/').slice(0, 3).join('/'))]
  const groups = isPerFile ? files : paths
  const isLong = routes.length > ONE_TABLE && groups.length > 1
  const sections = isLong
    ? groups.map(([path, own]) => blocks(heading(2, code(path)), routeTable(own)))
    : [blocks(heading(2, 'Routes'), routeTable(sorted))]
  return blocks(
    heading(1, escapeText(title)),
    `The code registers ${count(routes.length, 'HTTP route')} in ${count(files.length, 'file')}.`,
    flowText(flow, 'a request'),
    ...sections,
  )
}
