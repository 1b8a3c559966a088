import type { Written } from '#lib/domain/writer.ts'
import { newMisses } from './accept.ts'
import { type Cleaned, cleanReply } from './clean-reply.ts'
import { type ContextPack, citedRanges, contextPack } from './context-pack.ts'
import { instructionsFor, repairPrompt } from './instructions.ts'
import { ask, BUDGET_TOKENS, excerptsOf, type PageTask, standIn } from './page-task.ts'
import { firstTaken, type Judged, judgingOf } from './verdicts.ts'

/** One reply, one round of repair, and of the two pages the first that can be taken; the built-in one when neither can. */
export async function writeAnew(task: PageTask): Promise<Written> {
  const { request, builtin } = task
  const pack = await packFor(task)
  if (pack.tokens > BUDGET_TOKENS)
    return standIn(task, `the page needs about ${pack.tokens} tokens of a prompt, ${BUDGET_TOKENS} are the most`)
  const first = await reply(task, pack.prompt)
  if ('problem' in first) return standIn(task, first.problem)
  const judging = await judgingOf(request, builtin, pack.prompt)
  const verdict = await judging.judge(first.markdown)
  const misses = newMisses(verdict, judging.own)
  const faults = [...misses, ...judging.wrongTerms(first.markdown)]
  const candidates: Judged[] = [{ markdown: first.markdown, verdict }]
  if (faults.length > 0) {
    const second = await reply(task, `${pack.prompt}\n\n${repairPrompt(first.markdown, faults)}`)
    if (!('problem' in second)) candidates.push({ ...second, verdict: await judging.judge(second.markdown) })
  }
  // The second one is to be taken, unless it put words right and claims wrong.
  const isWorse = misses.length === 0 && candidates.some((one) => newMisses(one.verdict, judging.own).length > 0)
  if (!isWorse) candidates.reverse()
  const taken = await firstTaken(candidates, judging)
  return 'refused' in taken ? standIn(task, taken.refused) : { ...taken, standIn: null }
}

async function packFor({ request, builtin }: PageTask): Promise<ContextPack> {
  const { plan, page, evidence } = request
  const excerpts = await excerptsOf(citedRanges(builtin), evidence)
  return contextPack({ plan, page, builtin, excerpts, budgetTokens: BUDGET_TOKENS })
}

async function reply(task: PageTask, prompt: string): Promise<Cleaned> {
  const { page } = task.request
  const answer = await ask(task, instructionsFor(page), prompt)
  return 'problem' in answer ? answer : cleanReply(answer.text, page.title)
}
