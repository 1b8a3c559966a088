import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { renderUpdate } from '#lib/site/render-site.ts'
import { writeSite } from '#lib/site/write-site.ts'
import { markdownPages, siteOf } from './markdown-pages.ts'
import { ourSearch, pagefind, type SearchEngine } from './search-engines.ts'
import { QUERY_KINDS, type Query, type QueryKind, queriesOf } from './search-queries.ts'

const SIZES = [200, 1000]
/** Least share of the queries, in percent, whose section is among the first ten results. */
const GOALS: Record<QueryKind, number> = { heading: 95, typo: 90, prefix: 93, name: 93, body: 85 }
const FIRST_SEARCH_KB = 70
const ANSWER_MS = 10
const FIRST_SEARCHES = 15

interface Measured {
  name: string
  hits: Map<QueryKind, number>
  p95Ms: number
  medianMs: number
  firstKb: number
  worstKb: number
  /** Where every letter is answered; null where the engine waits for a pause. */
  typedKb: number | null
  missed: Query[]
}

/**
 * `npm run bench -- search [FOLDER]`: what readers find in sites of 200 and 1,000 pages, what their first search loads and
 * how long an answer takes, beside Pagefind (from npm into a temporary folder), in Chromium. The pages are the Markdown of
 * FOLDER, by default that of the installed packages. `--missed` lists the queries of ours that found nothing.
 */
export async function run(args: string[]): Promise<boolean> {
  const tools = await mkdtemp(join(tmpdir(), 'docsfy-search-'))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const install = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', tools, 'pagefind@1']
    await promisify(execFile)('npm', install)
    const results: boolean[] = []
    for (const size of SIZES) results.push(await measure({ size, tools, browser, args }))
    return results.every(Boolean)
  } finally {
    await browser.close()
    await rm(tools, { recursive: true, force: true })
  }
}

interface Run {
  size: number
  tools: string
  browser: Browser
  args: string[]
}

async function measure({ size, tools, browser, args }: Run): Promise<boolean> {
  const site = join(tools, `site-${size}`)
  const pages = await markdownPages(
    size,
    args.find((arg) => !arg.startsWith('-')),
  )
  const nothing = { earlier: null, sourceIds: new Map(), readSources: async () => new Map() }
  const { files, rendered } = await renderUpdate(siteOf(pages), nothing)
  await writeSite({ files, dir: site, signal: new AbortController().signal })
  const queries = queriesOf(rendered.pages, new Map(pages.map(({ slug, title }) => [slug, title])))
  const engines = [await ourSearch(browser, site), await pagefind(browser, { site, tools })]
  const measured: Measured[] = []
  for (const [index, engine] of engines.entries()) {
    measured.push(await measureEngine(engine, { queries, isAsTyped: index === 0 }))
    await engine.stop()
  }
  const sections = Object.values(rendered.pages).reduce((sum, { sections: own }) => sum + own.length, 0)
  return print(`${size} pages, ${sections} sections, ${queries.length} queries`, measured, args.includes('--missed'))
}

interface Asked {
  queries: Query[]
  /** It answers every letter. */
  isAsTyped: boolean
}

async function measureEngine(engine: SearchEngine, { queries, isAsTyped }: Asked): Promise<Measured> {
  const firsts: number[] = []
  const typed: number[] = []
  const every = Math.floor(queries.length / FIRST_SEARCHES)
  for (let at = 0; at < FIRST_SEARCHES; at += 1) {
    const text = queries[at * every]?.text ?? ''
    firsts.push(await engine.firstBytes([text]))
    if (isAsTyped)
      typed.push(await engine.firstBytes([...text].map((_, index, all) => all.slice(0, index + 1).join(''))))
  }
  const answers = await engine.answers(queries.map(({ text }) => text))
  const isHit = ({ right }: Query, index: number) => answers[index]?.addresses.some((address) => right.has(address))
  const hits = QUERY_KINDS.map((kind): [QueryKind, number] => {
    const own = queries.map((query, index) => ({ query, index })).filter(({ query }) => query.kind === kind)
    return [kind, (100 * own.filter(({ query, index }) => isHit(query, index)).length) / own.length]
  })
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    name: engine.name,
    hits: new Map(hits),
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    firstKb: middle(firsts) ?? 0,
    typedKb: middle(typed),
    worstKb: Math.max(...firsts),
    missed: queries.filter((query, index) => !isHit(query, index)),
  }
}

function middle(numbers: number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null
}

function print(title: string, [ours, ...others]: Measured[], showMissed: boolean): boolean {
  if (!ours) return false
  console.log(`\n${title}`)
  const head = ['docsfy', ...others.map(({ name }) => name), 'goal']
  console.log(`  ${''.padEnd(34)}${head.map((cell) => cell.padStart(10)).join('')}`)
  const kept: boolean[] = []
  const row = (name: string, value: (measured: Measured) => number | null, goal: { least?: number; most?: number }) => {
    const own = value(ours) ?? 0
    const isKept = own >= (goal.least ?? own) && own <= (goal.most ?? own)
    const target = goal.least === undefined ? (goal.most === undefined ? '' : `≤ ${goal.most}`) : `≥ ${goal.least}`
    const cells = [ours, ...others].map((measured) => (value(measured)?.toFixed(1) ?? '–').padStart(10))
    console.log(`  ${name.padEnd(34)}${cells.join('')}${target.padStart(10)}${isKept ? '' : ' — TARGET MISSED'}`)
    kept.push(isKept)
  }
  for (const kind of QUERY_KINDS)
    row(`${kind}: found within ten, %`, ({ hits }) => hits.get(kind) ?? 0, { least: GOALS[kind] })
  row('first search, median, kB', ({ firstKb }) => firstKb / 1000, {})
  row('first search, largest, kB', ({ worstKb }) => worstKb / 1000, { most: FIRST_SEARCH_KB })
  row('… typed, every letter answered', ({ typedKb }) => typedKb && typedKb / 1000, {})
  row('answer, median, ms', ({ medianMs }) => medianMs, {})
  row('answer, 95th percentile, ms', ({ p95Ms }) => p95Ms, { most: ANSWER_MS })
  if (showMissed)
    for (const { kind, text, right } of ours.missed)
      console.log(`    ${kind}: ${text} → ${[...right].slice(0, 2).join(' ')}`)
  return kept.every(Boolean)
}
