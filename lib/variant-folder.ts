import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { atomicWrite } from '#lib/atomic-write.ts'
import { REPO_TYPES } from '#lib/domain/kinds.ts'
import type { PageProvenance } from '#lib/domain/page.ts'
import { type Plan, parsePlan } from '#lib/domain/plan.ts'
import { parseRedirects, REDIRECTS_FILE, type Redirects, redirectsAfter, redirectsJson } from '#lib/domain/redirects.ts'
import { type Anchors, anchorsJson, parseAnchors } from '#lib/links/anchors.ts'

/** The folder of a variant on disk: plan.json, redirects.json, anchors.json, pages/<slug>.md with <slug>.json beside it, sites/<run>/, ready.json. */

const readySchema = z.object({
  format: z.literal(1),
  commit: z.string(),
  branch: z.string(),
  run_id: z.string(),
  repo_type: z.enum(REPO_TYPES),
  page_count: z.number().int(),
  total_pages: z.number().int(),
  warnings: z.array(z.string()),
})
/** What the last successful run left. Removed before any page changes, so that it never vouches for a mixed page cache. */
export type Ready = z.infer<typeof readySchema>

const noteSchema = z.object({
  /** What the page was made from (Writer.fingerprint). */
  fingerprint: z.string(),
  /** SHA-256 of the Markdown: the note speaks of exactly this text. */
  content_hash: z.string(),
  provider: z.string(),
  model: z.string(),
  run_id: z.string(),
  commit: z.string(),
})

export interface CachedPage {
  slug: string
  markdown: string
  fingerprint: string
  provenance: PageProvenance
}

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

export async function writeReady(variantDir: string, ready: Ready): Promise<void> {
  await atomicWrite(join(variantDir, 'ready.json'), `${JSON.stringify(ready, null, 2)}\n`)
}

/** Takes back that the last run succeeded. */
export async function clearReady(variantDir: string): Promise<void> {
  await rm(join(variantDir, 'ready.json'), { force: true })
}

async function readPlan(variantDir: string): Promise<Plan | null> {
  return parsePlan(await readText(join(variantDir, 'plan.json')))
}

/** What the citations of the pages said when they were written. */
export async function readAnchors(variantDir: string): Promise<Anchors> {
  return parseAnchors(await readText(join(variantDir, 'anchors.json')))
}

export async function writeAnchors(variantDir: string, anchors: Anchors): Promise<void> {
  await atomicWrite(join(variantDir, 'anchors.json'), anchorsJson(anchors))
}

/** Pages of earlier plans that are gone, with the pages readers are led to instead. */
export async function readRedirects(variantDir: string): Promise<Redirects> {
  return parseRedirects(await readText(join(variantDir, REDIRECTS_FILE)))
}

/** Whether an earlier run left a plan and at least one page: then a run without force can keep what still holds. */
export async function hasCachedPages(variantDir: string): Promise<boolean> {
  return (await readPlan(variantDir)) !== null && (await countPages(variantDir)) > 0
}

/**
 * Makes `plan` the one of the variant, records where pages that are gone lead, and removes every page it does not keep. The record of the last success goes
 * first: a crash in between must not leave it vouching for a mixed page cache.
 */
export async function adoptPlan(variantDir: string, plan: Plan, keep: ReadonlySet<string>): Promise<void> {
  await clearReady(variantDir)
  const [before, known] = [await readPlan(variantDir), await readRedirects(variantDir)]
  await atomicWrite(join(variantDir, REDIRECTS_FILE), redirectsJson(redirectsAfter({ before, plan, known })))
  await removePagesExcept(variantDir, keep)
  await atomicWrite(join(variantDir, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`)
}

/** A cached page, or null when it is absent or its note does not belong to its text (a crash between the two writes). */
export async function readPage(variantDir: string, slug: string): Promise<CachedPage | null> {
  const [markdown, note] = await Promise.all([
    readText(join(variantDir, 'pages', `${slug}.md`)),
    readJson(join(variantDir, 'pages', `${slug}.json`)),
  ])
  const parsed = noteSchema.safeParse(note)
  if (markdown === null || !parsed.success || parsed.data.content_hash !== contentHash(markdown)) return null
  const { fingerprint, provider, model, run_id, commit } = parsed.data
  return { slug, markdown, fingerprint, provenance: { provider, model, runId: run_id, commit } }
}

export async function writePage(variantDir: string, page: CachedPage): Promise<void> {
  const { provider, model, runId, commit } = page.provenance
  const note = {
    fingerprint: page.fingerprint,
    content_hash: contentHash(page.markdown),
    provider,
    model,
    run_id: runId,
    commit,
  }
  await atomicWrite(join(variantDir, 'pages', `${page.slug}.md`), page.markdown)
  await atomicWrite(join(variantDir, 'pages', `${page.slug}.json`), `${JSON.stringify(note, null, 2)}\n`)
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
  return (await list(join(variantDir, 'pages'))).filter((file) => file.endsWith('.md') && !file.startsWith('.')).length
}

function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
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

async function readText(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch(() => null)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readText(path)) ?? 'null')
  } catch {
    return null
  }
}
