import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { runPipeline } from '#lib/pipeline.ts'
import { gateText, placeText, valueText } from '#lib/score/report-text.ts'
import { makeJob } from '#lib/testing/make-job.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { writerFor } from '#lib/writers/registry.ts'
import { scoreFolder } from './score-folder.ts'

const LEAST_TOTAL = 95
const OWN = resolve(import.meta.dirname, '..')
const signal = new AbortController().signal

/** This repository at its commit; where its objects are not at hand (a source archive), one made of its own sources. */
async function ownRepository(): Promise<{ path: string; remove(): Promise<void> }> {
  if (existsSync(join(OWN, '.git'))) return { path: OWN, remove: async () => {} }
  const names = await readdir(join(OWN, 'lib', 'score'), { recursive: true })
  const paths = ['README.md', 'package.json', ...names.map((name) => `lib/score/${name}`)].filter((path) =>
    /\.\w+$/.test(path),
  )
  const texts = await Promise.all(paths.map(async (path) => [path, await readFile(join(OWN, path), 'utf8')] as const))
  return await createTempRepository({ files: Object.fromEntries(texts) })
}

it('documents this repository so that every gate of the Doc Score holds', { timeout: 240_000 }, async () => {
  const work = await mkdtemp(join(tmpdir(), 'docsfy-own-'))
  const repository = await ownRepository()
  try {
    const job = makeJob({ runId: 'own', projectName: 'docsfy', path: repository.path, work })
    const outcome = await runPipeline(job, { signal, writer: writerFor(job), progress: () => {} })
    expect(outcome).toMatchObject({ status: 'ready', warnings: [] })
    const target = outcome.siteDir ?? ''
    const score = await scoreFolder({ target, repository: repository.path, branch: null, signal })
    const missed = score.measures.filter(({ ok }) => !ok)
    const told = missed.map((measure) => {
      const first = measure.misses.slice(0, 3).map((miss) => `${placeText(miss)} ${miss.claim} → ${miss.found}`)
      return [`${measure.title}: ${valueText(measure)}, gate ${gateText(measure)}`, ...first].join('\n  ')
    })
    expect(told).toEqual([])
    expect(score.total).toBeGreaterThanOrEqual(LEAST_TOTAL)
  } finally {
    await repository.remove()
    await rm(work, { recursive: true, force: true })
  }
})
