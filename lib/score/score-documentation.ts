import type { Facts } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { type Context, contextOf } from '#lib/score/context.ts'
import { EarlierGrounds, type History } from '#lib/score/earlier-grounds.ts'
import type { Finding, ScoreMiss } from '#lib/score/finding.ts'
import { Ground } from '#lib/score/ground.ts'
import {
  type Gate,
  holds,
  MEASURE_IDS,
  MEASURE_RULES,
  type MeasureId,
  type MeasureRule,
  pointsFor,
  type ScoreGroup,
} from '#lib/score/measure-table.ts'
import { measureCitationsDense } from '#lib/score/measures/citations-dense.ts'
import { measureCitationsResolve } from '#lib/score/measures/citations-resolve.ts'
import { measureCitationsSupport } from '#lib/score/measures/citations-support.ts'
import { measureCitationsTight } from '#lib/score/measures/citations-tight.ts'
import { measureContradictions } from '#lib/score/measures/contradictions.ts'
import { measureDiagrams } from '#lib/score/measures/diagrams.ts'
import { measureExamples } from '#lib/score/measures/examples.ts'
import { measureFileCoverage } from '#lib/score/measures/file-coverage.ts'
import { measureIdentifiers } from '#lib/score/measures/identifiers.ts'
import { measureInterfaceCoverage } from '#lib/score/measures/interface-coverage.ts'
import { measureLeakage } from '#lib/score/measures/leakage.ts'
import { measureLinks } from '#lib/score/measures/links.ts'
import { measureOrphans } from '#lib/score/measures/orphans.ts'
import { measurePaths } from '#lib/score/measures/paths.ts'
import { measureRepetition } from '#lib/score/measures/repetition.ts'
import { measureSignatures } from '#lib/score/measures/signatures.ts'
import { measureStaleness } from '#lib/score/measures/staleness.ts'
import { measureSymbolCoverage } from '#lib/score/measures/symbol-coverage.ts'
import { measureThinPages } from '#lib/score/measures/thin-pages.ts'
import { mentionsOf } from '#lib/score/mentions.ts'
import { readTarget } from '#lib/score/pages/read-target.ts'

export interface ScoreRequest {
  /** Folder of Markdown, MDX, reStructuredText or HTML pages. */
  target: string
  snapshot: Snapshot
  facts: Facts
  /** The repository at earlier commits, for staleness; absent: staleness is not measured. */
  history?: History
  signal: AbortSignal
}

export interface Measure {
  id: MeasureId
  number: number
  title: string
  group: ScoreGroup | null
  unit: MeasureRule['unit']
  weight: number
  /** Share from 0 to 1, count, or lines; null when there is nothing to measure. */
  value: number | null
  /** Points from 0 to 1; null when it is left out of the total. */
  points: number | null
  gate: Gate | null
  ok: boolean
  /** How many claims, pages or symbols were looked at. */
  checked: number
  note: string | null
  misses: ScoreMiss[]
}

/** Points from 0 to 100, to one decimal; null when a group has nothing that counts. */
export interface Score {
  total: number
  truth: number | null
  coverage: number | null
  craft: number | null
  commit: string
  pages: number
  measures: Measure[]
  /** What was not read, one sentence each. */
  limits: string[]
}

/**
 * Holds a folder of documentation against a commit: reads every page from disk and resolves every claim anew. Nothing is
 * executed or fetched. Throws `invalid_input` for a folder without pages, `aborted`.
 */
export async function scoreDocumentation(request: ScoreRequest): Promise<Score> {
  const { snapshot, facts, signal, history } = request
  const target = await readTarget(request.target, signal)
  const context = contextOf(target, new Ground({ snapshot, facts, signal }), signal)
  const findings = await measureAll(context, history)
  const measures = MEASURE_IDS.map((id) => measureOf(id, findings[id]))
  return {
    total: mean(measures) ?? 0,
    truth: mean(measures.filter(({ group }) => group === 'truth')),
    coverage: mean(measures.filter(({ group }) => group === 'coverage')),
    craft: mean(measures.filter(({ group }) => group === 'craft')),
    commit: snapshot.commit,
    pages: context.pages.length,
    measures,
    limits: target.limits,
  }
}

async function measureAll(context: Context, history: History | undefined): Promise<Record<MeasureId, Finding>> {
  const earlier = new EarlierGrounds(context, history)
  const { facts } = context.ground
  const mentions = mentionsOf(context.pages)
  const tight = measureCitationsTight(context)
  const dense = measureCitationsDense(context)
  const symbols = await measureSymbolCoverage(context.ground, mentions)
  const diagrams = measureDiagrams(context)
  throwIfAborted(context.signal)
  return {
    links: measureLinks(context),
    orphans: await measureOrphans(context),
    citations_resolve: await measureCitationsResolve(context, earlier),
    citations_support: await measureCitationsSupport(context),
    citations_tight_median: tight.median,
    citations_tight_p90: tight.p90,
    citations_dense_pages: dense.pages,
    citations_dense_paragraphs: dense.paragraphs,
    paths: measurePaths(context),
    identifiers: await measureIdentifiers(context),
    symbols_reference: symbols.reference,
    symbols_prose: symbols.prose,
    files: measureFileCoverage(context),
    interfaces: measureInterfaceCoverage(facts, mentions),
    signatures: measureSignatures(context),
    examples: await measureExamples(context),
    diagrams_parse: diagrams.parse,
    diagrams_grounded: diagrams.grounded,
    repetition: measureRepetition(context),
    thin_pages: measureThinPages(context),
    contradictions: measureContradictions(context),
    leakage: measureLeakage(context),
    staleness: await measureStaleness(context, earlier),
  }
}

function measureOf(id: MeasureId, { value, checked, misses, note }: Finding): Measure {
  const rule: MeasureRule = MEASURE_RULES[id]
  const { number, title, group, unit, weight, gate } = rule
  const points = pointsFor(rule, value, checked)
  const ok = holds(rule, value)
  return { id, number, title, group, unit, weight, value, points, gate, ok, checked, note: note ?? null, misses }
}

/** Mean of the points by weight, of 100, to one decimal. */
function mean(measures: Measure[]): number | null {
  let points = 0
  let weights = 0
  for (const measure of measures) {
    if (measure.points === null) continue
    points += measure.points * measure.weight
    weights += measure.weight
  }
  return weights === 0 ? null : Math.floor((1000 * points) / weights) / 10
}
