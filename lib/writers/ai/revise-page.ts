import { parseCitation } from '#lib/domain/citations.ts'
import type { Revision, Written } from '#lib/domain/writer.ts'
import { newMisses } from './accept.ts'
import { type ContextPack, citedRanges } from './context-pack.ts'
import { listed } from './instructions.ts'
import { edited, editsIn } from './page-edits.ts'
import { ask, BUDGET_TOKENS, excerptsOf, type PageTask } from './page-task.ts'
import { REVISION_INSTRUCTIONS, revisionPack, revisionRepairPrompt } from './revision-prompt.ts'
import { firstTaken, type Judged, type Judging, judgingOf } from './verdicts.ts'

/**
 * The page with what changed changed, and every other line as it was; null when it has to be written anew. The model is
 * asked for edits, and once more when they do not fit or what they make cannot be taken.
 */
export async function revised(task: PageTask, given: Revision): Promise<Written | null> {
  const { request, builtin } = task
  const revision = { ...given, markdown: retitled(given.markdown, request.page.title) }
  const material = `${revision.markdown}\n${await shownText(task)}`
  const judging = await judgingOf(request, builtin, material)
  const pack = await packFor(task, revision, newMisses(await judging.judge(revision.markdown), judging.own))
  if (pack.tokens > BUDGET_TOKENS) return null
  const candidates: Judged[] = []
  let prompt = pack.prompt
  for (let call = 0; call < 2; call += 1) {
    const answer = await ask(task, REVISION_INSTRUCTIONS, prompt)
    if ('problem' in answer) break
    const { page, faults } = await outcomeOf(answer.text, revision.markdown, judging)
    if (page) candidates.unshift(page)
    if (faults.length === 0) break
    prompt = `${pack.prompt}\n\n${revisionRepairPrompt(answer.text, faults)}`
  }
  const taken = await firstTaken(candidates, judging)
  return 'refused' in taken ? null : { ...taken, standIn: null }
}

/** The page that an answer makes, and what is wrong with it. */
async function outcomeOf(
  answer: string,
  base: string,
  { judge, own, refusal, wrongTerms }: Judging,
): Promise<{ page: Judged | null; faults: string[] }> {
  const read = editsIn(answer)
  const made = 'faults' in read ? read : edited(base, read.edits)
  if ('faults' in made) return { page: null, faults: made.faults }
  const verdict = await judge(made.markdown)
  const misses = newMisses(verdict, own)
  const refused = misses.length > 0 ? null : refusal(verdict)
  const kept = new Set(base.split('\n'))
  const lines = made.markdown.split('\n')
  const terms = wrongTerms(made.markdown).filter(({ line }) => !kept.has(lines[line - 1] ?? ''))
  const all = [...misses, ...terms]
  const faults = all.length > 0 ? listed(all).replace(/^- /gm, 'after the edits, ').split('\n') : []
  return { page: { ...made, verdict }, faults: refused === null ? faults : [`after the edits, ${refused}`] }
}

/** Lines the page does not cite already, which the model knew when it wrote: those of new facts, and those that changed. */
async function packFor(
  { request, builtin }: PageTask,
  revision: Revision,
  misses: ReturnType<typeof newMisses>,
): Promise<ContextPack> {
  const { plan, page, evidence } = request
  const lost = new Set(revision.lost)
  const known = new Set(citedRanges(withoutTargets(revision.markdown, lost)).map(keyOf))
  const fresh = citedRanges(builtin).filter((range) => !known.has(keyOf(range)))
  const changed = revision.lost.flatMap((target) => parseCitation(target) ?? [])
  const ranges = new Map([...fresh, ...changed].map((range) => [keyOf(range), range]))
  const excerpts = await excerptsOf([...ranges.values()], evidence)
  return revisionPack({ plan, page, revision, misses, builtin, excerpts, budgetTokens: BUDGET_TOKENS })
}

/** All that was ever shown of the repository for this page: an address in it is no invention. */
async function shownText({ request, builtin }: PageTask): Promise<string> {
  const excerpts = await excerptsOf(citedRanges(builtin), request.evidence)
  return excerpts.flatMap(({ lines }) => lines).join('\n')
}

function withoutTargets(markdown: string, targets: ReadonlySet<string>): string {
  return [...targets].reduce((text, target) => text.replaceAll(`](${target})`, ']()'), markdown)
}

function keyOf({ path, start, end }: { path: string; start: number; end: number }): string {
  return `${path}:${start}-${end}`
}

/** The title is the plan's. */
function retitled(markdown: string, title: string): string {
  return markdown.replace(/^# .*/, () => `# ${title}`)
}
