import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { atomicWrite, atomicWriteAll } from '#lib/atomic-write.ts'
import type { CachedPage } from '#lib/domain/cached-page.ts'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import { PLAN_FORMAT, type Plan, parsePlan } from '#lib/domain/plan.ts'
import { parseRedirects, REDIRECTS_FILE, type Redirects, redirectsAfter, redirectsJson } from '#lib/domain/redirects.ts'
import { type Steering, steeringKey } from '#lib/domain/steering.ts'
import { notedPage, pageNote } from '#lib/page-note.ts'

/**
 * The folder of a variant on disk: plan.json, arrangement.json, redirects.json, pages/<slug>.md with
 * <slug>.json beside it, former/ (the same, of pages a run that is not over writes again), checked.json, linked.json and rendered.json (memory of the stages), sites/<run>/, ready.json.
 */

const FORMER = 'former'

const readySchema = z.object({
  format: z.literal(1),
  commit: z.string(),
  branch: z.string(),
  run_id: z.string(),
  repo_type: z.enum(REPO_TYPES),
  page_count: z.number().int(),
  total_pages: z.number().int(),
  warnings: z.array(z.string()),
  /** Where its pages say they are; empty: nowhere. */
  site_address: z.string().default(''),
  /** Pages that the writer did not write: built-in ones in their place, or none. */
  unwritten: z.number().int().default(0),
  /** Whether another plan stands in for the one its writer was to make. */
  plan_stands_in: z.boolean().default(false),
  /** The code that made it (`madeBy`); empty: an older one than any. */
  made_by: z.string().default(''),
  /** What the dashboard asked for, as `steeringKey` tells it. */
  steering: z.string().default(''),
})
/** What the last successful run left. Removed before any page changes, so that it never vouches for a mixed page cache. */
export type Ready = z.infer<typeof readySchema>

export function siteFolder(variantDir: string, runId: string): string {
  return join(variantDir, 'sites', runId)
}

/** The record of the last successful run whose site still exists, or null. */
export async function readReady(variantDir: string): Promise<Ready | null> {
  const parsed = readySchema.safeParse(await readJson(join(variantDir, 'ready.json')))
  if (!parsed.success) return null
  const index = join(siteFolder(variantDir, parsed.data.run_id), 'index.html')
  return (await exists(index)) ? parsed.data : null
}

interface Wanted {
  commit: string
  branch: string
  repoType: Ready['repo_type'] | null
  madeBy: string
  steering?: Steering
}

/** Whether the last site is that of this commit, read in this way, with plan and pages by its writer, as this docsfy makes it. */
export function standsFor(ready: Ready, { commit, branch, repoType, madeBy, steering = {} }: Wanted): boolean {
  return (
    ready.unwritten === 0 &&
    !ready.plan_stands_in &&
    ready.made_by === madeBy &&
    ready.steering === steeringKey(steering) &&
    ready.commit === commit &&
    ready.branch === branch &&
    (repoType === null || repoType === ready.repo_type)
  )
}

export async function writeReady(variantDir: string, ready: z.input<typeof readySchema>): Promise<void> {
  await atomicWrite(join(variantDir, 'ready.json'), `${JSON.stringify(ready, null, 2)}\n`)
}

/** Takes back that the last run succeeded. */
export async function clearReady(variantDir: string): Promise<void> {
  await rm(join(variantDir, 'ready.json'), { force: true })
}

/** The plan the pages were made from; null when there is none, or one of another format. */
export async function readPlan(variantDir: string): Promise<Plan | null> {
  const text = await readText(join(variantDir, 'plan.json'))
  const stored = storedPlanSchema.safeParse(parsedJson(text))
  return stored.success ? parsePlan(text) : null
}

const storedPlanSchema = z.object({ format: z.literal(PLAN_FORMAT) })

/** Pages of earlier plans that are gone, with the pages readers are led to instead. */
export async function readRedirects(variantDir: string): Promise<Redirects> {
  return parseRedirects(await readText(join(variantDir, REDIRECTS_FILE)))
}

/** What the writer of the variant keeps of its plan; null when there is nothing. */
export async function readArrangement(variantDir: string): Promise<unknown> {
  return await readJson(join(variantDir, 'arrangement.json'))
}

export async function writeArrangement(variantDir: string, arrangement: unknown): Promise<void> {
  await atomicWrite(join(variantDir, 'arrangement.json'), `${JSON.stringify(arrangement)}\n`)
}

/** What an earlier run left: pages that may stand, a plan that nobody can read any more, or nothing. */
export async function cachedPages(variantDir: string): Promise<'usable' | 'unreadable' | 'none'> {
  if ((await countPages(variantDir)) + (await countIn(join(variantDir, FORMER))) === 0) return 'none'
  if ((await readPlan(variantDir)) !== null) return 'usable'
  return (await exists(join(variantDir, 'plan.json'))) ? 'unreadable' : 'none'
}

/** A plan that becomes the one of the variant. */
interface Adopted {
  plan: Plan
  /** Slugs of pages that stand. */
  keep: ReadonlySet<string>
  /** Pages that will be written again from what they say: kept aside until the run is over. */
  former: readonly CachedPage[]
}

/**
 * Makes `plan` the one of the variant, records where pages that are gone lead, and removes every page it does not keep.
 * The record of the last success goes first: a crash in between must not leave it vouching for a mixed page cache.
 */
export async function adoptPlan(variantDir: string, { plan, keep, former }: Adopted): Promise<void> {
  await clearReady(variantDir)
  if (former.length > 0) await atomicWriteAll(join(variantDir, FORMER), former.flatMap(filesOf))
  const [before, known] = [await readPlan(variantDir), await readRedirects(variantDir)]
  await removePagesExcept(variantDir, keep)
  await atomicWriteAll(variantDir, [
    [REDIRECTS_FILE, redirectsJson(redirectsAfter({ before, plan, known }))],
    ['plan.json', `${JSON.stringify({ format: PLAN_FORMAT, ...plan }, null, 2)}\n`],
  ])
}

/** A cached page, or null when it is absent or its note does not belong to its text (a crash between the two writes). */
export function readPage(variantDir: string, slug: string): CachedPage | null {
  return pageIn(join(variantDir, 'pages'), slug)
}

/** A page as it was before a run that was interrupted was to write it again. */
export function readFormerPage(variantDir: string, slug: string): CachedPage | null {
  return pageIn(join(variantDir, FORMER), slug)
}

/** When a run is over, or everything is written anew, nothing goes on from them. */
export async function clearFormerPages(variantDir: string): Promise<void> {
  await rm(join(variantDir, FORMER), { recursive: true, force: true })
}

/** Read at once: the way to a thread and back takes several times as long as reading a page. */
function pageIn(folder: string, slug: string): CachedPage | null {
  const [text, note] = [bytesAt(join(folder, `${slug}.md`)), bytesAt(join(folder, `${slug}.json`))]
  return text && note && notedPage(slug, { text, note })
}

export async function writePage(variantDir: string, page: CachedPage): Promise<void> {
  await writePages(variantDir, [page])
}

/** Each page is whole whenever the process ends; all of them together cost one sync of their folder. */
export async function writePages(variantDir: string, pages: readonly CachedPage[]): Promise<void> {
  await atomicWriteAll(join(variantDir, 'pages'), pages.flatMap(filesOf))
}

function filesOf(page: CachedPage): [name: string, content: string][] {
  return [
    [`${page.slug}.md`, page.markdown],
    [`${page.slug}.json`, pageNote(page)],
  ]
}

/** Removes every cached page that `keep` does not name: pages of an earlier plan, pages to be rewritten, torn files. */
export async function removePagesExcept(variantDir: string, keep: ReadonlySet<string>): Promise<void> {
  const folder = join(variantDir, 'pages')
  for (const file of await list(folder)) {
    if (!keep.has(file.replace(/\.(md|json)$/, ''))) await rm(join(folder, file), { force: true })
  }
}

/** Number of `.md` files in the page cache: the only source of `page_count`. */
export async function countPages(variantDir: string): Promise<number> {
  return await countIn(join(variantDir, 'pages'))
}

async function countIn(folder: string): Promise<number> {
  return (await list(folder)).filter((file) => file.endsWith('.md') && !file.startsWith('.')).length
}

async function list(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}

function bytesAt(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

async function readText(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch(() => null)
}

async function readJson(path: string): Promise<unknown> {
  return parsedJson(await readText(path))
}

/** Null for text that is no JSON. */
function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
