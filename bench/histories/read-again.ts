import { join } from 'node:path'
import { cacheFolders } from '#cli/build-cache.ts'
import { repositoryArgument } from '#cli/repository-argument.ts'
import type { Facts } from '#lib/domain/facts.ts'
import { factsFolder } from '#lib/domain/folders.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { replaceCitations } from '#lib/links/citation-targets.ts'
import { scoreDocumentation } from '#lib/score/score-documentation.ts'
import { type Difference, ofValues } from './differences.ts'
import type { Built } from './place.ts'

interface Again {
  repository: string
  update: Built
  full: Built
  /** What the update found there; null at the beginning. */
  before: Built | null
  /** The Doc Score takes as long as a build. */
  isScored: boolean
}

/** What neither site shows: the facts that both keep, the Doc Score of both, and whether pages that stand stand byte for byte. */
export async function checkedAgain({ repository, update, full, before, isScored }: Again): Promise<Difference[]> {
  const { signal } = new AbortController()
  const source = await openLocalRepository({ path: repository, branch: null })
  const snapshot = await openSnapshot({ ...source, limits: { maxRepoFiles: 200_000 }, signal })
  const { id, name } = await repositoryArgument(repository, '/')
  const factsIn = async ({ cache }: Built): Promise<Facts> => {
    const { storeDir } = cacheFolders({
      cacheDir: join(cache, 'docsfy'),
      id,
      branch: null,
      provider: 'builtin',
      model: 'static',
    })
    return await extractFacts({ snapshot, name, signal, progress: () => {}, cacheDir: factsFolder(storeDir) })
  }
  const [ours, facts] = [await factsIn(update), await factsIn(full)]
  const history = (commit: string) => openSnapshot({ ...source, commit, limits: { maxRepoFiles: 200_000 }, signal })
  const scoreOf = async ({ site }: Built) => {
    const { measures, ...score } = await scoreDocumentation({ target: site, snapshot, facts, history, signal })
    return { ...score, ...Object.fromEntries(measures.map((measure) => [measure.id, measure])) }
  }
  return [
    ...ofValues('facts', ours, facts),
    ...(isScored ? ofValues('score', await scoreOf(update), await scoreOf(full)) : []),
    ...(before ? standing(before, update) : []),
  ]
}

/** Pages whose note names the run that wrote them then are as they were, but for citations. */
function standing(before: Built, now: Built): Difference[] {
  const runOf = (note = '') => /"run_id":"([^"]+)"/.exec(note)?.[1]
  return [...now.variant].flatMap(([path, text]) => {
    const note = path.replace(/\.md$/, '.json')
    const old = before.variant.get(path)
    if (!path.endsWith('.md') || old === undefined || runOf(before.variant.get(note)) !== runOf(now.variant.get(note)))
      return []
    const isSame = withoutCitations(old) === withoutCitations(text)
    return isSame ? [] : [{ what: `standing page ${path}`, update: 'another text', full: 'was not written again' }]
  })
}

function withoutCitations(text: string): string {
  return replaceCitations(text, () => '[]')
}
