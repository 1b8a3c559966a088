import { basename, resolve } from 'node:path'
import type { Transport } from '#lib/domain/ai.ts'
import { planPages } from '#lib/domain/plan.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { linesOfSnapshot } from '#lib/links/lines-of.ts'
import { pageJudge } from '#lib/score/judge-page.ts'
import { LIE_KINDS, type LieKind, type SimulatedPage, simulatedPage } from '#lib/testing/simulated-model.ts'
import { aiWriter } from '#lib/writers/ai/ai-writer.ts'

const MOST_TRUTHS_LOST = 0.02
const MOST_PAGES = 12

interface Told {
  lies: number
  survived: number
  truths: number
  lost: number
  pages: number
  standIns: number
  /** What is still told, with its page. */
  survivors: string[]
}

/**
 * `npm run bench -- simulator REPO …`: pages of a model that tells one lie of a kind on each, which it does not take back.
 * Lies that survive are held against 0, true sentences that are lost against 2 %.
 */
export async function run(repositories: string[]): Promise<boolean> {
  let isKept = true
  for (const repository of repositories.length > 0 ? repositories : ['.']) {
    console.log(`\n${basename(resolve(repository))}`)
    const write = await pagesOf(repository)
    for (const kind of LIE_KINDS) {
      const told = await write(kind)
      isKept = print(kind, told) && isKept
    }
  }
  return isKept
}

async function pagesOf(path: string): Promise<(kind: LieKind) => Promise<Told>> {
  const { signal } = new AbortController()
  const source = await openLocalRepository({ path, branch: null })
  const snapshot = await openSnapshot({ ...source, limits: { maxRepoFiles: 200_000 }, signal })
  const facts = await extractFacts({ snapshot, name: basename(resolve(path)), signal, progress: () => {} })
  const replies: SimulatedPage[] = []
  let kinds: LieKind[] = []
  const writer = aiWriter({
    provider: 'compatible',
    model: 'simulated',
    price: null,
    transport: simulated(() => kinds, replies),
  })
  const plan = await writer.plan({ facts, projectName: facts.name })
  const slugs = planPages(plan).map(({ slug }) => slug)
  const evidence = { linesOf: linesOfSnapshot(snapshot, signal), judge: pageJudge({ snapshot, facts, slugs, signal }) }
  return async (kind) => {
    kinds = [kind]
    const told: Told = { lies: 0, survived: 0, truths: 0, lost: 0, pages: 0, standIns: 0, survivors: [] }
    for (const page of planPages(plan).slice(0, MOST_PAGES)) {
      replies.length = 0
      const { markdown, standIn } = await writer.write({ facts, plan, page, evidence, spent: () => undefined, signal })
      const said = replies.at(-1)
      if (!said || said.lies.length === 0) continue
      told.pages += 1
      if (standIn !== null) told.standIns += 1
      told.lies += said.lies.length
      const survivors = said.lies.filter((lie) => markdown?.includes(lie))
      told.survived += survivors.length
      told.survivors.push(...survivors.map((lie) => `${page.slug}: ${lie}`))
      told.truths += said.truths.length
      told.lost += said.truths.filter((truth) => !markdown?.includes(truth)).length
    }
    return told
  }
}

/** Answers every prompt at once, in the same way when it is asked again. */
function simulated(kinds: () => readonly LieKind[], replies: SimulatedPage[]): Transport {
  return {
    async *ask({ prompt }) {
      const page = replies[0] ?? simulatedPage(prompt, kinds())
      replies.push(page)
      yield { kind: 'done', text: page.markdown }
    },
  }
}

function print(kind: LieKind, told: Told): boolean {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  const percent = (part: number, whole: number) => `${(100 * share(part, whole)).toFixed(1)} %`.padStart(8)
  const isKept = told.survived === 0 && share(told.lost, told.truths) <= MOST_TRUTHS_LOST
  const lies = `lies that survive ${percent(told.survived, told.lies)} of ${told.lies} (target 0 %)`
  const truths = `truths lost ${percent(told.lost, told.truths)} of ${told.truths} (at most ${100 * MOST_TRUTHS_LOST} %)`
  console.log(
    `  ${isKept ? ' ' : '✗'} ${kind.padEnd(11)}${lies}, ${truths}, stand-ins ${told.standIns} of ${told.pages}`,
  )
  for (const survivor of told.survivors) console.log(`      ${survivor.replaceAll('\n', '⏎')}`)
  return isKept
}
