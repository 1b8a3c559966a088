import { availableParallelism } from 'node:os'
import { renderSite } from '#lib/site/render-site.ts'
import { hostileSite, PLACES } from '#lib/testing/hostile-site.ts'
import { atLeast, type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { PAYLOADS } from './payloads.ts'
import { type SiteServer, startSiteServer } from './site-server.ts'
import { type Unescaped, visitUnescaped } from './unescaped.ts'
import { DIAGRAM, DOWNLOAD, servedFiles, VIEWS, visitsOf } from './views.ts'
import { startVisitors, type Visitor, type VisitorHouse } from './visitor.ts'

const LEAST = { payloads: 200, control: 20 }
/** The fast part puts that many payloads in one site. */
const FAST_TOGETHER = 40
/** Readers mostly wait for pages to draw, so that there are more of them than cores. */
const PAIRS_PER_CORE = 2
const POLICIES = ['without', 'with'] as const
type ByPolicy<T> = Record<(typeof POLICIES)[number], T>

/** B3. A site with the payload in every place where text of others enters it, seen in Chromium. */
export const scripting: Goal = {
  title: 'Scripts in repositories, in Chromium, without and with our policy',
  fast: true,
  measure,
}

interface Found {
  ran: string[]
  dangers: string[]
  elsewhere: string[]
  /** In how many sites each view was seen. */
  views: Map<string, number>
  /** Payloads that run in a page that holds nothing else. */
  raw: string[]
}

interface Scene {
  server: SiteServer
  house: VisitorHouse
  found: ByPolicy<Found>
}

async function measure(extent: Extent): Promise<Row[]> {
  const payloads = extent === 'full' ? PAYLOADS : together(PAYLOADS)
  const [server, house] = await Promise.all([startSiteServer(), startVisitors()])
  const scene: Scene = { server, house, found: { without: nothing(), with: nothing() } }
  const left = [...payloads.entries()]
  const pairs = Math.min(left.length, PAIRS_PER_CORE * availableParallelism())
  try {
    const visitors = await Promise.all(Array.from({ length: pairs }, () => openPair(house)))
    await Promise.all(
      visitors.map(async (pair) => {
        for (let next = left.shift(); next; next = left.shift()) await visitPayload(scene, pair, next)
      }),
    )
    const [pair] = visitors
    if (!pair) throw new Error('There are no payloads')
    const unescaped = {
      without: await visitUnescaped({ server, visitor: pair.without }, false),
      with: await visitUnescaped({ server, visitor: pair.with }, true),
    }
    return rowsOf({ payloads, found: scene.found, unescaped, extent })
  } finally {
    await house.close()
    server.close()
  }
}

/** A visitor for each policy: one that goes from pages with it to pages without it needs a new process each time. */
async function openPair(house: VisitorHouse): Promise<ByPolicy<Visitor>> {
  const [without, withPolicy] = await Promise.all([house.open(), house.open()])
  return { without, with: withPolicy }
}

function together(payloads: string[]): string[] {
  const groups = Math.ceil(payloads.length / FAST_TOGETHER)
  return Array.from({ length: groups }, (_, n) => payloads.filter((_, place) => place % groups === n).join('\n\n'))
}

function nothing(): Found {
  return { ran: [], dangers: [], elsewhere: [], views: new Map(), raw: [] }
}

async function visitPayload(scene: Scene, pair: ByPolicy<Visitor>, [n, payload]: [number, string]): Promise<void> {
  const { server, house } = scene
  const files = await servedFiles(await renderSite(hostileSite(payload)), payload)
  const raw = new Map([['index.html', `<!doctype html><meta charset=utf-8><body>${payload}</body>`]])
  const downloads = new Set([DOWNLOAD])
  await Promise.all(
    POLICIES.map(async (policy) => {
      const [name, found, hasPolicy] = [`${policy}-${n}`, scene.found[policy], policy === 'with']
      server.add(name, { files, hasPolicy, downloads })
      server.add(`raw-${name}`, { files: raw, hasPolicy })
      if (await house.tryOut(`${server.url}/raw-${name}/index.html`))
        found.raw.push(JSON.stringify(payload.slice(0, 80)))
      await visitSite({ base: `${server.url}/${name}`, visitor: pair[policy], payload, files }, found)
      server.remove(name)
      server.remove(`raw-${name}`)
    }),
  )
}

interface SiteVisit {
  base: string
  visitor: Visitor
  payload: string
  files: Awaited<ReturnType<typeof servedFiles>>
}

async function visitSite({ base, visitor, payload, files }: SiteVisit, found: Found): Promise<void> {
  const word = /[A-Za-z]{3,}/.exec(payload)?.[0] ?? 'alert'
  const seen = new Set<string>()
  for (const visit of visitsOf(files, { query: payload, word }))
    for (const sight of await visitor.visit(`${base}/${visit.path}`, visit)) {
      seen.add(sight.view)
      const place = `${JSON.stringify(payload.slice(0, 80))} in ${visit.path.slice(0, 80)} (${sight.view})`
      if (sight.ran > 0) found.ran.push(place)
      found.dangers.push(...sight.dangers.map((danger) => `${place}: ${danger}`))
      found.elsewhere.push(...sight.elsewhere.map((address) => `${place}: ${address.slice(0, 80)}`))
    }
  for (const view of seen) found.views.set(view, (found.views.get(view) ?? 0) + 1)
}

interface Results {
  payloads: string[]
  found: ByPolicy<Found>
  unescaped: ByPolicy<Unescaped>
  extent: Extent
}

function rowsOf({ payloads, found, unescaped, extent }: Results): Row[] {
  const id = 'B3'
  const least = extent === 'full' ? LEAST : { payloads: payloads.length, control: 1 }
  const missing = (seen: ReadonlySet<string>, all: readonly string[]) => all.filter((one) => !seen.has(one))
  return [
    atLeast({ id, what: 'sites with payloads', figure: payloads.length, least: least.payloads }),
    ...POLICIES.flatMap((policy) => {
      const { ran, dangers, elsewhere, views, raw } = found[policy]
      const fewest = Math.min(...VIEWS.map((view) => views.get(view) ?? 0))
      return [
        atLeast({
          id,
          what: `sites ${policy} our policy of which each of ${VIEWS.length} views was seen`,
          figure: fewest,
          least: least.payloads,
        }),
        atLeast({ id, what: `diagrams opened ${policy} our policy`, figure: views.get(DIAGRAM) ?? 0, least: 1 }),
        noneOf(id, `scripts that ran ${policy} our policy`, ran),
        noneOf(id, `handlers, foreign elements, addresses that run and faults, ${policy} our policy`, dangers),
        noneOf(id, `requests to elsewhere, ${policy} our policy`, elsewhere),
        policy === 'with'
          ? noneOf(id, 'payloads that run unescaped under our policy', raw)
          : atLeast({ id, what: 'control: payloads that run unescaped', figure: raw.length, least: least.control }),
      ]
    }),
    noneOf(
      id,
      `control: of ${PLACES.length} places, those no unescaped payload runs from`,
      missing(unescaped.without.places, PLACES),
    ),
    noneOf(
      id,
      `control: of ${VIEWS.length} views, those no unescaped payload runs in`,
      missing(unescaped.without.views, VIEWS),
    ),
    noneOf(id, 'views and places an unescaped payload runs in under our policy', [
      ...unescaped.with.views,
      ...unescaped.with.places,
    ]),
  ]
}
