import { join } from 'node:path'
import { breather } from '#lib/breather.ts'
import { filesCitedBy } from '#lib/domain/citations.ts'
import type { Facts } from '#lib/domain/facts.ts'
import type { Job, Planned, Tools } from '#lib/domain/job.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import { planPages } from '#lib/domain/plan.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { forgeBlobBase } from '#lib/domain/repo-url.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { steeringKey } from '#lib/domain/steering.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { originAddress } from '#lib/git/origin-address.ts'
import { log } from '#lib/log.ts'
import { madeBy } from '#lib/made-by.ts'
import { type Images, readImages } from '#lib/site/read-images.ts'
import { rendererVersion } from '#lib/site/render-keys.ts'
import { renderInto } from '#lib/site/render-site.ts'
import { renderedIn, renderedLines } from '#lib/site/rendered-memory.ts'
import { sourcePaths } from '#lib/site/source-view.ts'
import { fillSite } from '#lib/site/write-site.ts'
import { leaveBytes, readBytes, sealed } from '#lib/update/memory-file.ts'
import { packSummary } from '#lib/update/packed-summary.ts'
import { clearFormerPages, readRedirects, siteFolder, writeReady } from '#lib/variant-folder.ts'

export interface Finished {
  planned: Planned
  pages: WrittenPage[]
  checks: PageCheck[]
  snapshot: Snapshot
  warnings: string[]
}

interface Ready {
  /** Folder of the site. */
  siteDir: string
  /** What the run knew, packed; null when that could not be kept. */
  factsSummary: string | null
}

/**
 * Renders the site into its own folder, renamed into place when whole, and records the success. Files that would be the
 * same as in the last site, apart from the commit they name, are taken over from there, unless everything was asked for.
 */
export async function render(job: Job, tools: Tools, finished: Finished): Promise<Ready> {
  const { planned, pages, snapshot, warnings } = finished
  const { branch, commit } = snapshot
  const { variantDir, runId } = job
  const earlier = planned.update.kind === 'full' ? null : await readRendered(variantDir)
  const siteDir = siteFolder(variantDir, runId)
  const packing = tools.hasHistory ? summaryOf(planned.facts) : null
  const memory = await makeSite(job, tools, { ...finished, earlier }).catch(async (error) => {
    if (earlier === null || !isLinkProblem(error)) throw error
    return await makeSite(job, tools, { ...finished, earlier: null })
  })
  const factsSummary = await packing
  throwIfAborted(tools.signal)
  const left = memory.leave(join(variantDir, RENDERED_FILE))
  try {
    await writeReady(variantDir, {
      format: 1,
      commit,
      branch,
      run_id: runId,
      site_address: job.siteAddress ?? '',
      repo_type: planned.plan.repo_type,
      page_count: pages.length,
      total_pages: planPages(planned.plan).length,
      warnings,
      made_by: madeBy(tools.writer),
      unwritten: pages.filter(({ provenance }) => provenance.standIn !== undefined).length + (planned.leftOut ?? 0),
      plan_stands_in: planned.isStandIn,
      steering: steeringKey(job.steering ?? {}),
    })
  } finally {
    await left
  }
  await clearFormerPages(variantDir)
  return { siteDir, factsSummary }
}

/** A run is not lost because it cannot be compared with later. */
async function summaryOf(facts: Facts): Promise<string | null> {
  try {
    return await packSummary(facts)
  } catch (error) {
    log.warn('the summary of a run could not be made', { error })
    return null
  }
}

/** Makes the site; what the next one may know of it is still to be left. */
async function makeSite(job: Job, tools: Tools, finished: Finished & { earlier: Rendered | null }): Promise<Memory> {
  const { snapshot, earlier } = finished
  const { variantDir, runId } = job
  const cited = citedSources(finished.pages, snapshot)
  const { signal } = tools
  const images = await readImages({ pages: finished.pages, snapshot, known: earlier?.images, signal })
  const input = await siteInput(job, finished, { cited, images })
  const readSources = (paths: string[]) => readTexts(paths, { cited, snapshot, signal })
  const pause = breather(signal)
  const earlierDir = earlier && siteFolder(variantDir, earlier.run_id)
  const earlierFolders = earlier ? foldersOf(earlier) : []
  const place = { dir: siteFolder(variantDir, runId), earlierDir, earlierFolders, signal, pause }
  const update = { earlier, sourceIds: cited, readSources, pause, signal }
  const { memory, warnings } = await fillSite(place, async (put) => {
    const made = await renderInto(input, update, put)
    // Put together here, while threads share and write the last files of the site.
    return { memory: memoryOf({ ...made.rendered, run_id: runId }), warnings: made.warnings }
  })
  for (const message of [...images.notices, ...warnings])
    tools.progress({ kind: 'warning', message, stage: 'rendering' })
  return memory
}

/** Folders that the files of pages and of cited files lie in. */
function foldersOf({ pages, sources }: Rendered): string[] {
  const files = [...Object.values(pages).flatMap((page) => page.files), ...Object.keys(sources).flatMap(sourcePaths)]
  return [...new Set(files.filter((file) => file.includes('/')).map((file) => file.slice(0, file.lastIndexOf('/'))))]
}

const RENDERED_FILE = 'rendered.json'

/** What the last site was made of; null when that is not known, or when other code made it. */
async function readRendered(variantDir: string): Promise<Rendered | null> {
  const bytes = await readBytes(join(variantDir, RENDERED_FILE), rendererVersion())
  return bytes && renderedIn(bytes)
}

interface Memory {
  /** Never fails. */
  leave(file: string): Promise<void>
}

/** What the next site may know of this one, to be left where that is in its place. */
function memoryOf(rendered: Rendered): Memory {
  const warn = (error: unknown) =>
    log.warn('what a site was made of could not be remembered', { runId: rendered.run_id, error })
  try {
    const bytes = sealed(rendererVersion(), renderedLines(rendered))
    return { leave: (file) => leaveBytes(file, bytes).catch(warn) }
  } catch (error) {
    warn(error)
    return { leave: async () => {} }
  }
}

/** The earlier site is gone, or lies where no file can be shared. */
function isLinkProblem(error: unknown): boolean {
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException
  return syscall === 'link' && /^(?:ENOENT|EXDEV|EMLINK|EPERM|ENOTSUP)$/.test(code)
}

interface Shown {
  /** Git ids by path. */
  cited: Map<string, string>
  images: Images
}

async function siteInput(
  job: Job,
  { planned, pages, checks, snapshot }: Finished,
  { cited, images }: Shown,
): Promise<SiteInput> {
  const { source } = job
  const { branch, commit, committedAt } = snapshot
  return {
    plan: planned.plan,
    pages,
    checks,
    repository: source.kind === 'url' ? source.url : ((await originAddress(source.path)) ?? job.projectName),
    branch,
    commit,
    committedAt,
    forgeBase: source.kind === 'url' ? forgeBlobBase(source.url, commit) : null,
    sources: new Map([...cited.keys()].map((path) => [path, ''])),
    images: images.images,
    redirects: await readRedirects(job.variantDir),
    address: job.siteAddress,
    facts: planned.facts,
  }
}

/** Files of the commit that pages cite and that can be read, with their Git ids. */
function citedSources(pages: WrittenPage[], { entries }: Snapshot): Map<string, string> {
  const cited = new Set(pages.flatMap((page) => [...filesCitedBy(page)]))
  return new Map(entries.filter(({ path }) => cited.has(path)).map(({ path, oid }) => [path, oid]))
}

interface Reading {
  cited: Map<string, string>
  snapshot: Snapshot
  signal: AbortSignal
}

async function readTexts(paths: string[], { cited, snapshot, signal }: Reading): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const path of paths) {
    throwIfAborted(signal)
    const bytes = await snapshot.readBlob(cited.get(path) ?? '')
    if (bytes) texts.set(path, new TextDecoder().decode(bytes))
  }
  return texts
}
