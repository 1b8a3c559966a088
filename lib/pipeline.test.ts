import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { STAGES, type Stage } from '#lib/domain/stages.ts'
import type { Writer } from '#lib/domain/writer.ts'
import { abortError, DocsfyError } from '#lib/errors.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { makeJob } from '#lib/testing/make-job.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { writerFor } from '#lib/writers/registry.ts'

const FILES = {
  'package.json': JSON.stringify({
    name: 'sample',
    description: 'A sample.',
    main: 'lib/open.ts',
    scripts: { test: 'x' },
  }),
  'README.md': '# Sample\n\nOpens doors.\n\n## Install\n\n```sh\nnpm install sample\n```\n',
  'rooms/rooms.ts': manyFunctions('room'),
  'floors/floors.ts': manyFunctions('floor'),
  'lib/open.ts':
    '/** Opens a door. */\nexport function openDoor(name: string, wide = false): boolean {\n  return wide\n}\n',
  'tools/close.ts': '/** Closes a door. */\nexport function closeDoor(name: string): void {}\n',
}

function manyFunctions(word: string): string {
  const names = Array.from({ length: 12 }, (_, i) => `${word}${String.fromCharCode(65 + i)}`)
  return names
    .map(
      (name) => `/** Gives the size of ${name}. */\nexport function ${name}(wide: boolean): number {\n  return 1\n}\n`,
    )
    .join('\n')
}

let work = ''
let repository: Awaited<ReturnType<typeof createTempRepository>>

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'docsfy-pipeline-'))
  repository = await createTempRepository({ files: FILES })
})
afterEach(async () => {
  await repository.remove()
  await rm(work, { recursive: true })
})

const jobFor = (runId: string, changes: Partial<Job> = {}) =>
  makeJob({ path: repository.path, work, runId, ...changes })

async function run(job: Job, onEvent: (event: RunEvent, abort: AbortController) => void = () => {}) {
  const events: RunEvent[] = []
  const abort = new AbortController()
  const outcome = await runPipeline(job, {
    signal: abort.signal,
    writer: writerFor(job),
    progress: (event) => {
      events.push(event)
      onEvent(event, abort)
    },
  })
  return { outcome, events, stages: events.flatMap((event) => (event.kind === 'stage_started' ? [event.stage] : [])) }
}

async function filesIn(folder: string | null): Promise<Map<string, { text: string; inode: number }>> {
  const root = folder ?? ''
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = async (path: string) => {
    const content = { text: await readFile(path, 'utf8'), inode: (await stat(path)).ino }
    return [path.slice(root.length + 1), content] as const
  }
  return new Map(await Promise.all(paths.sort().map(read)))
}

const without = (left: Stage) => STAGES.filter((stage) => stage !== left)

/** Which commit a page was rendered at, where it was not written from that one. */
const HOLDS_AT = /<div><dt>(?:Still holds at|Committed)<\/dt>.*<\/div>/g

describe('runPipeline', () => {
  it('passes the stages of a full run and leaves a whole site', async () => {
    const { outcome, stages, events } = await run(jobFor('one'))
    expect(outcome).toMatchObject({
      status: 'ready',
      upToDate: false,
      commit: repository.commit,
      message: null,
      warnings: [],
    })
    expect(stages).toEqual(without('incremental_planning'))
    expect(outcome.pageCount).toBe(outcome.totalPages)
    const counts = events.flatMap((event) => (event.kind === 'page_written' ? [event.page_count] : []))
    expect(counts).toHaveLength(outcome.totalPages)
    expect(Math.max(...counts)).toBe(outcome.totalPages)
    const files = await readdir(outcome.siteDir ?? '')
    expect(files).toEqual(expect.arrayContaining(['index.html', 'llms.txt', 'llms-full.txt', 'assets']))
  })

  it('makes the site of the same commit again when another docsfy made it', async () => {
    const first = await run(jobFor('run-1'))
    const path = join(work, 'variant', 'ready.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"made_by": "\w+"/, '"made_by": "another"'))
    const second = await run(jobFor('run-2'))
    expect(second.outcome).toMatchObject({ status: 'ready', upToDate: false, commit: first.outcome.commit })
    expect((await run(jobFor('run-3'))).outcome).toMatchObject({ upToDate: true })
  })

  it('answers up to date for the same commit and touches nothing', async () => {
    const first = await run(jobFor('one'))
    const second = await run(jobFor('two'))
    expect(second.outcome).toMatchObject({ status: 'ready', upToDate: true, siteDir: first.outcome.siteDir })
    expect(second.outcome.pageCount).toBe(first.outcome.pageCount)
    expect(second.stages).toEqual(['cloning'])
  })

  it('rewrites exactly the pages whose facts changed', async () => {
    const first = await run(jobFor('one'))
    const changed = FILES['rooms/rooms.ts'].replace('Gives the size of roomC', 'Measures one of roomC')
    await repository.write({ 'rooms/rooms.ts': changed }, 'change')
    const second = await run(jobFor('two'))
    expect(second.stages).toEqual(without('planning'))
    const pages = second.events.flatMap((event) => (event.kind === 'page_written' ? [event] : []))
    const rewritten = pages.filter(({ kept }) => !kept)
    expect(rewritten.length).toBeGreaterThan(0)
    expect(rewritten.length).toBeLessThan(pages.length)
    expect(second.outcome.siteDir).not.toBe(first.outcome.siteDir)
    const texts = await Promise.all(
      pages.map(({ slug }) => readFile(join(work, 'variant', 'pages', `${slug}.md`), 'utf8')),
    )
    expect(texts.join()).toContain('Measures one of')
    expect(texts.join()).not.toMatch(/Gives the size of .?roomC/)
  })

  it('leads from a page that is gone to the one that took its place, from run to run', async () => {
    const first = await run(jobFor('one'))
    expect(await readdir(first.outcome.siteDir ?? '')).toContain('rooms.html')
    await repository.write({ 'rooms/rooms.ts': null, 'halls/halls.ts': manyFunctions('hall') }, 'rename')
    const second = await run(jobFor('two'))
    const site = second.outcome.siteDir ?? ''
    expect(await readFile(join(site, 'rooms.html'), 'utf8')).toContain('content="0; url=')
    expect(await readdir(site)).not.toContain('rooms.md')
    await repository.write({ 'halls/halls.ts': manyFunctions('arch') }, 'change')
    const third = await run(jobFor('three', { force: true }))
    expect(await readFile(join(third.outcome.siteDir ?? '', 'redirects.json'), 'utf8')).toContain('"rooms": ')
  })

  it('writes byte-identical sites when forced twice', async () => {
    const first = await run(jobFor('one', { force: true }))
    const second = await run(jobFor('two', { force: true }))
    expect(second.stages).toContain('planning')
    const [a, b] = [first.outcome.siteDir ?? '', second.outcome.siteDir ?? '']
    const names = (await readdir(a, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    for (const { parentPath, name } of names) {
      const path = join(parentPath, name)
      expect(await readFile(path.replace(a, b)), path).toEqual(await readFile(path))
    }
  })

  it('takes over every file of the site that a change does not touch; the others are as in a forced run but for the commit', async () => {
    const first = await run(jobFor('one'))
    const rooms = FILES['rooms/rooms.ts'].replace('Gives the size of roomC', 'Measures one of roomC')
    const second = await repository.write(
      { 'rooms/rooms.ts': rooms, 'floors/floors.ts': `\n${FILES['floors/floors.ts']}` },
      'change',
    )
    const updated = await filesIn((await run(jobFor('two'))).outcome.siteDir)
    const before = await filesIn(first.outcome.siteDir)
    const forced = await filesIn((await run(jobFor('three', { force: true }))).outcome.siteDir)
    expect([...updated.keys()]).toEqual([...forced.keys()])
    const commits = new RegExp(
      [repository.commit, second].map((commit) => `${commit}|${commit.slice(0, 7)}`).join('|'),
      'g',
    )
    const ofNoCommit = (text = '') => text.replace(HOLDS_AT, '').replace(commits, 'C')
    for (const [path, { text }] of updated) expect(ofNoCommit(text), path).toBe(ofNoCommit(forced.get(path)?.text))
    const shared = [...updated].filter(([path, { inode }]) => before.get(path)?.inode === inode).map(([path]) => path)
    expect(shared).toEqual(expect.arrayContaining(['source/lib/open.ts.html', 'source/tools/close.ts.html']))
    for (const path of ['rooms.html', 'floors.html', 'source/rooms/rooms.ts.html', 'index.html'])
      expect(shared).not.toContain(path)
  })

  it.each(without('incremental_planning'))('abort in %s ends the run and keeps the earlier site', async (stage) => {
    const first = await run(jobFor('one'))
    const { outcome, stages } = await run(jobFor('two', { force: true }), (event, abort) => {
      if (event.kind === 'stage_started' && event.stage === stage) abort.abort()
    })
    expect(outcome).toMatchObject({ status: 'aborted', message: 'Generation aborted by user', siteDir: null })
    expect(stages.at(-1)).toBe(stage)
    expect(await readdir(join(work, 'variant', 'sites'))).toEqual(['one'])
    expect(await readFile(join(first.outcome.siteDir ?? '', 'index.html'), 'utf8')).toContain('sample')
  })

  it('an aborted forced run is not taken for up to date afterwards', async () => {
    await run(jobFor('one'))
    await run(jobFor('two', { force: true }), (event, abort) => {
      if (event.kind === 'page_written') abort.abort()
    })
    const { outcome } = await run(jobFor('three'))
    expect(outcome).toMatchObject({ status: 'ready', upToDate: false })
    expect(outcome.pageCount).toBe(outcome.totalPages)
  })

  it('announces the plan of a forced run when nothing of the earlier one is left', async () => {
    await run(jobFor('one'))
    const left: string[][] = []
    await run(jobFor('two', { force: true }), ({ kind }) => {
      if (kind === 'plan_ready') left.push(readdirSync(join(work, 'variant', 'pages')))
      if (kind === 'plan_ready') expect(existsSync(join(work, 'variant', 'ready.json'))).toBe(false)
    })
    expect(left).toEqual([[]])
  })

  it('checks and mends pages also when what it found cannot be remembered', async () => {
    await run(jobFor('one'))
    const memory = join(work, 'variant', 'checked.json')
    await rm(memory)
    await mkdir(join(memory, 'in the way'), { recursive: true })
    const { outcome, events } = await run(jobFor('two', { force: true }))
    expect(outcome).toMatchObject({ status: 'ready', warnings: [] })
    expect(events).toContainEqual(expect.objectContaining({ stage: 'validating', outcome: 'done' }))
  })

  it('ends the other pages when one cannot be written, and waits for them', async () => {
    const job = jobFor('one')
    const builtin = writerFor(job)
    let [underWay, ended] = [0, 0]
    const { promise: allBegun, resolve } = Promise.withResolvers<void>()
    const writer: Writer = {
      ...builtin,
      async write({ signal }) {
        underWay += 1
        const isLast = underWay === job.limits.maxConcurrentPages
        if (isLast) resolve()
        await allBegun
        if (isLast) throw new DocsfyError('unavailable', 'The model is gone')
        await once(signal, 'abort')
        ended += 1
        throw abortError()
      },
    }
    const { signal } = new AbortController()
    const outcome = await runPipeline(job, { signal, writer, progress: () => undefined })
    expect(outcome).toMatchObject({ status: 'error', message: 'The model is gone' })
    expect([underWay, ended]).toEqual([4, 3])
  })

  it('documents the rest of a repository that holds one huge file, and says that it was not read', async () => {
    await repository.write({ 'huge.bin': Buffer.alloc(65 * 1024 * 1024) }, 'huge')
    const { outcome } = await run(jobFor('one'))
    const warnings = ['1 file was not read: too large to be read (huge.bin).']
    expect(outcome).toMatchObject({ status: 'ready', warnings })
  })

  it('ends in an error that names the branch when it does not exist', async () => {
    const { outcome } = await run(jobFor('one', { branch: 'gone' }))
    expect(outcome.status).toBe('error')
    expect(outcome.message).toContain('"gone"')
  })
})
