import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Facts } from '#lib/domain/facts.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import type { MeasureId } from '#lib/score/measure-table.ts'
import { type Measure, type Score, scoreDocumentation } from '#lib/score/score-documentation.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

/** A real repository, with its facts, that documentation on disk is scored against. */
export interface Scorer {
  repository: TempRepository
  facts: Facts
  /** Scores these files as a folder of documentation. */
  score(pages: Record<string, string>): Promise<Score>
  /** One measure of such a folder, its misses as `page:line claim → found`. */
  measure(id: MeasureId, pages: Record<string, string>): Promise<Omit<Measure, 'misses'> & { misses: string[] }>
  remove(): Promise<void>
}

/** Commits the files and reads their facts; pages are scored against whatever is committed last. */
export async function createScorer(files: Record<string, string>): Promise<Scorer> {
  const repository = await createTempRepository({ files })
  const { signal } = new AbortController()
  const open = async (commit?: string) => {
    const source = await openLocalRepository({ path: repository.path, branch: null })
    const limits = { maxRepoFiles: 1000 }
    return await openSnapshot({ ...source, ...(commit ? { commit } : {}), limits, signal })
  }
  const history = (commit: string) => open(commit).catch(() => null)
  const factsOf = async () => extractFacts({ snapshot: await open(), name: 'sample', signal, progress: () => {} })

  async function score(pages: Record<string, string>): Promise<Score> {
    const target = await mkdtemp(join(tmpdir(), 'docsfy-pages-'))
    try {
      for (const [path, text] of Object.entries(pages)) {
        await mkdir(dirname(join(target, path)), { recursive: true })
        await writeFile(join(target, path), text)
      }
      return await scoreDocumentation({ target, snapshot: await open(), facts: await factsOf(), history, signal })
    } finally {
      await rm(target, { recursive: true, force: true })
    }
  }

  return {
    repository,
    facts: await factsOf(),
    score,
    async measure(id, pages) {
      const found = (await score(pages)).measures.find((measure) => measure.id === id)
      if (!found) throw new Error(`There is no measure ${id}`)
      const misses = found.misses.map(({ page, line, claim, found }) => `${page}:${line} ${claim} → ${found}`)
      return { ...found, misses }
    },
    remove: () => repository.remove(),
  }
}
