import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { replaceCitations } from '#lib/links/citation-targets.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { generatedProject } from '#lib/testing/generated-project.ts'
import { makeJob } from '#lib/testing/make-job.ts'
import { randomEdit, randomNumbers } from '#lib/testing/random-edits.ts'
import { createTempRepository, type RepositoryFiles, type TempRepository } from '#lib/testing/temp-repository.ts'
import { writerFor } from '#lib/writers/registry.ts'

const STEPS = 8

let work = ''
let repository: TempRepository
let files: Map<string, string>

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'docsfy-update-'))
  files = generatedProject()
  repository = await createTempRepository({ files: Object.fromEntries(files) })
})
afterEach(async () => {
  await repository.remove()
  await rm(work, { recursive: true })
})

async function change(changes: RepositoryFiles): Promise<void> {
  await repository.write(changes, 'change')
  for (const [path, text] of Object.entries(changes))
    if (typeof text === 'string') files.set(path, text)
    else files.delete(path)
}

async function run(root = work) {
  const events: RunEvent[] = []
  const job = makeJob({ runId: randomUUID(), path: repository.path, work: root })
  const progress = (event: RunEvent) => void events.push(event)
  const outcome = await runPipeline(job, { signal: new AbortController().signal, writer: writerFor(job), progress })
  expect(outcome).toMatchObject({ status: 'ready' })
  const ready = events.find((event) => event.kind === 'plan_ready')
  const written = events.flatMap((event) => (event.kind === 'page_written' && !event.kept ? [event.slug] : []))
  const update = parsePlanUpdate(ready?.plan_json)
  if (!update) throw new Error('The run did not tell what it changes')
  return { update, written, pages: await pagesIn(job.variantDir), site: await siteIn(outcome.siteDir ?? '') }
}

interface PageFile {
  text: string
  /** Another one after every write. */
  inode: number
}

async function pagesIn(variantDir: string): Promise<Map<string, PageFile>> {
  const folder = join(variantDir, 'pages')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const read = async (name: string) => ({
    text: await readFile(join(folder, name), 'utf8'),
    inode: (await stat(join(folder, name))).ino,
  })
  return new Map(await Promise.all(names.map(async (name) => [name.slice(0, -3), await read(name)] as const)))
}

/** Which commit a page was rendered at, where it was not written from that one. */
const HOLDS_AT = /<div><dt>(?:Still holds at|Committed)<\/dt>.*<\/div>/g

/** Every file of a site without what names a commit and its time: files that are taken over keep those of theirs. */
async function siteIn(folder: string): Promise<Record<string, string>> {
  const commits = (await repository.git('log', '--format=%H %h %cI')).split(/\s+/).filter((text) => text !== '')
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const texts = names.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    const text = await readFile(path, 'utf8')
    return [
      relative(folder, path),
      commits.reduce((rest, commit) => rest.replaceAll(commit, '…'), text.replace(HOLDS_AT, '')),
    ] as const
  })
  return Object.fromEntries((await Promise.all(texts)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a run makes that remembers nothing. */
async function fullRun() {
  const folder = await mkdtemp(join(work, 'full-'))
  try {
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const withoutCitations = (text = '') => replaceCitations(text, () => '[]')
const textsOf = (pages: Map<string, PageFile>) => Object.fromEntries([...pages].map(([slug, { text }]) => [slug, text]))

it('leaves the pages and the site of a full run, and touches no page whose facts are the same', {
  timeout: 300_000,
}, async () => {
  const random = randomNumbers(11)
  let before = (await run()).pages
  let [kept, rewritten] = [0, 0]
  for (let step = 0; step < STEPS; step += 1) {
    const edit = randomEdit(files, random)
    await change(edit)
    const { update, written, pages, site } = await run()
    const full = await fullRun()
    const told = `step ${step}: ${Object.keys(edit)}`
    expect(textsOf(pages), told).toEqual(textsOf(full.pages))
    expect(site, told).toEqual(full.site)
    const announced = update.pages.filter(({ action, reasons }) => action !== 'rewritten' || reasons.length > 0)
    expect(new Set(announced.map(({ slug }) => slug)), told).toEqual(
      new Set([...written, ...announced.flatMap(({ action, slug }) => (/removed|moved/.test(action) ? [slug] : []))]),
    )
    for (const [slug, page] of pages) {
      if (written.includes(slug)) continue
      const from = announced.find((one) => one.slug === slug)?.from
      const old = before.get(from ?? slug)
      expect(withoutCitations(page.text), `${told} ${slug}`).toBe(withoutCitations(old?.text))
      if (!from && page.text === old?.text) expect(page.inode, `${told} ${slug} was written again`).toBe(old.inode)
    }
    kept += pages.size - written.length
    rewritten += written.length
    before = pages
  }
  expect(rewritten).toBeGreaterThan(0)
  expect(kept).toBeGreaterThan(rewritten)
})

it('says why it writes every page when the last commit is gone', { timeout: 60_000 }, async () => {
  await run()
  await repository.git('commit', '--quiet', '--amend', '--message', 'Another beginning')
  await repository.git('reflog', 'expire', '--expire=now', '--all')
  await repository.git('gc', '--quiet', '--prune=now')
  const { update, written, pages } = await run()
  expect(update).toMatchObject({ kind: 'full', reason: expect.stringContaining('is no longer in the repository') })
  expect(written).toHaveLength(pages.size)
})

it('says why it writes every page when the plan has another format', { timeout: 60_000 }, async () => {
  await run()
  await change({ 'lib/paths/new.ts': '/** New. */\nexport function fresh(): void {}\n' })
  const plan = JSON.parse(await readFile(join(work, 'variant', 'plan.json'), 'utf8'))
  await writeFile(join(work, 'variant', 'plan.json'), JSON.stringify({ ...plan, format: 1 }))
  expect((await run()).update).toMatchObject({ kind: 'full', reason: expect.stringContaining('of another version') })
})
