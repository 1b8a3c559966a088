import { breather } from '#lib/breather.ts'
import type { CachedPage } from '#lib/domain/cached-page.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { changedFacts, type FactChange, type PageManifest, WISHES_MARK } from '#lib/domain/manifest.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import { neededTokens, type PageUpdate, type PlanUpdate, withNeeded } from '#lib/domain/plan-update.ts'
import { redirectsAfter } from '#lib/domain/redirects.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Revision, Writer } from '#lib/domain/writer.ts'
import { followLines } from '#lib/links/follow-lines.ts'
import { linesOfSnapshot } from '#lib/links/lines-of.ts'
import type { LinesOf } from '#lib/links/own-citations.ts'
import { reanchor } from '#lib/links/reanchor.ts'
import { readFormerPage, readPage, readPlan } from '#lib/variant-folder.ts'

/** What an earlier run left, as the update sees it. */
export interface Earlier {
  /** Commit of the last finished run; null when there is none. */
  commit: string | null
  /** Why nothing of it can stand; null when pages may. */
  fullReason: string | null
}

export interface UpdateRequest {
  variantDir: string
  writer: Writer
  facts: Facts
  plan: Plan
  earlier: Earlier
  snapshot: Snapshot
  signal: AbortSignal
}

export interface Decided {
  /** Pages that stand, by slug, as they will be: citations where their lines are now, under the slug of the plan. */
  standing: Map<string, CachedPage>
  /** Slugs of those that differ from what is on disk. */
  touched: Set<string>
  /** Pages that are written again from what they say, as it is now, under the slug of the plan. */
  former: CachedPage[]
  /** By slug: what these can go on from. */
  revisions: Map<string, Revision>
  update: PlanUpdate
}

const SHOWN_REASONS = 5

/** Which pages stand, which are written and why. Decides from the facts of the pages alone and writes nothing. */
export async function decideUpdate(request: UpdateRequest): Promise<Decided> {
  const { plan, variantDir, earlier, facts, writer } = request
  const before = await readPlan(variantDir)
  const decided: Decided = {
    standing: new Map(),
    touched: new Set(),
    former: [],
    revisions: new Map(),
    update: emptyUpdate(earlier, facts),
  }
  const { update } = decided
  const linesOf = linesOfSnapshot(request.snapshot, request.signal)
  const gone = gonePages(before, plan)
  const seen = {
    before: new Set(before ? planPages(before).map(({ slug }) => slug) : []),
    gone,
    writers: new Set<string>(),
  }
  const pause = breather(request.signal)
  for (const page of planPages(plan)) {
    await pause()
    const told = await decidePage({ request, page, seen, decided, linesOf })
    if (!told) continue
    update.pages.push(told)
    if (decided.standing.has(page.slug)) continue
    const estimate = writer.estimate({ facts, plan, page, revision: decided.revisions.get(page.slug) })
    if (estimate.inputTokens > 0) told.needs = neededTokens(estimate)
    Object.assign(update, withNeeded(update, estimate))
  }
  for (const { slug, title, to } of gone)
    if (!update.pages.some(({ from }) => from === slug))
      update.pages.push({ slug, title, action: 'removed', to: to ?? undefined, reasons: [], more_reasons: 0 })
  update.kept_pages = decided.standing.size
  const [other] = seen.writers
  if (update.kind === 'incremental' && decided.standing.size === 0 && other !== undefined && other !== writer.version) {
    update.kind = 'full'
    update.reason = `the pages were written by ${other}, which is ${writer.version} now`
  }
  return decided
}

interface Gone {
  slug: string
  title: string
  /** The page that takes its place. */
  to: string | null
}

interface PageRequest {
  request: UpdateRequest
  page: PlanPage
  seen: { before: Set<string>; gone: Gone[]; writers: Set<string> }
  decided: Decided
  linesOf: LinesOf
}

/** What becomes of one page of the plan; null when it stands and nobody needs to be told. */
async function decidePage({ request, page, seen, decided, linesOf }: PageRequest): Promise<PageUpdate | null> {
  const { slug, title } = page
  const { writer, facts, plan, earlier } = request
  const isKnown = seen.before.has(slug)
  const told: PageUpdate = { slug, title, action: isKnown ? 'rewritten' : 'added', reasons: [], more_reasons: 0 }
  const former = isKnown ? null : (seen.gone.find(({ to }) => to === slug) ?? null)
  if (former) Object.assign(told, { action: 'moved', from: former.slug })
  if (earlier.fullReason !== null) return told
  const onDisk = readPage(request.variantDir, former?.slug ?? slug)
  const cached = onDisk ?? readFormerPage(request.variantDir, slug)
  if (!cached)
    return isKnown ? withReasons(told, [{ fact: 'this page', change: 'the last run did not write it' }]) : told
  seen.writers.add(versionOf(cached.writer))
  const { standIn } = cached.provenance
  if (standIn !== undefined)
    return withReasons(told, [{ fact: 'this page', change: `not by its writer yet: ${standIn}` }])
  const manifest = writer.manifest({ facts, plan, page })
  const again = async (changes: FactChange[]) => {
    if (isOwn(cached, { provider: writer.provider, writer: manifest.writer })) {
      decided.former.push({ ...cached, slug })
      decided.revisions.set(slug, await revisionOf(cached, changes, linesOf))
    }
    return withReasons(told, changes)
  }
  if (cached.fingerprint !== manifest.fingerprint) return await again(whyDifferent(cached, manifest, writer))
  const isStill = samePlaces(cached, manifest) && Object.keys(cached.own).length === 0
  const result = isStill ? { kept: cached, moved: 0 } : await reanchor(cached, manifest.places, linesOf)
  if (!result.kept) return await again([{ fact: result.lost.replace(/^source:/, ''), change: 'cited lines changed' }])
  decided.standing.set(slug, { ...cached, ...result.kept, slug })
  if (result.moved > 0) decided.update.moved_citations_pages += 1
  if (!onDisk || former || result.moved > 0 || !samePlaces(cached, manifest)) decided.touched.add(slug)
  return former ? told : null
}

/** Whether a model wrote it by the rules of today: then it can change what changed, and leave the rest. */
function isOwn(cached: CachedPage, { provider, writer }: { provider: string; writer: string }): boolean {
  return provider !== 'builtin' && cached.provenance.provider === provider && cached.writer === writer
}

/** The version of a writer without what it was asked for. */
function versionOf(writer: string): string {
  return writer.split(WISHES_MARK)[0] ?? writer
}

async function revisionOf(cached: CachedPage, changes: FactChange[], linesOf: LinesOf): Promise<Revision> {
  return { ...(await followLines(cached.markdown, cached.own, linesOf)), changes }
}

function whyDifferent(cached: CachedPage, manifest: PageManifest, writer: Writer): FactChange[] {
  const version = versionOf(cached.writer)
  if (version !== writer.version)
    return [{ fact: 'this page', change: `written by ${version}, which is ${writer.version} now` }]
  if (cached.writer !== manifest.writer) return [{ fact: 'this page', change: 'what is asked of it changed' }]
  const changes = changedFacts(cached.facts(), manifest.facts())
  return changes.length > 0 ? changes : [{ fact: 'this page', change: 'order of what it tells changed' }]
}

function withReasons(told: PageUpdate, changes: FactChange[]): PageUpdate {
  const reasons = changes.slice(0, SHOWN_REASONS)
  return { ...told, reasons, more_reasons: changes.length - reasons.length }
}

function samePlaces({ places }: CachedPage, manifest: PageManifest): boolean {
  return places.every((place, at) => {
    const now = manifest.places[at]
    return now && place.path === now.path && place.start === now.start && place.end === now.end
  })
}

/** Pages of the earlier plan that this one does not have, with where their readers are led. */
function gonePages(before: Plan | null, plan: Plan): Gone[] {
  if (!before) return []
  const redirects = redirectsAfter({ before, plan, known: {} })
  const slugs = new Set(planPages(plan).map(({ slug }) => slug))
  return planPages(before)
    .filter(({ slug }) => !slugs.has(slug))
    .map(({ slug, title }) => ({ slug, title, to: redirects[slug] ?? null }))
}

function emptyUpdate({ commit, fullReason }: Earlier, facts: Facts): PlanUpdate {
  return {
    kind: fullReason === null ? 'incremental' : 'full',
    reason: fullReason,
    from_commit: commit,
    to_commit: facts.commit,
    kept_pages: 0,
    moved_citations_pages: 0,
    input_tokens: 0,
    output_tokens: 0,
    cost_usd: 0,
    pages: [],
  }
}
