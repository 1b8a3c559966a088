import { parseCitation, rangeLabel } from '#lib/domain/citations.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import type { Revision } from '#lib/domain/writer.ts'
import { type ContextPack, type Excerpt, packed, surroundings } from './context-pack.ts'
import { fenced } from './fenced.ts'
import { listed, MATERIAL_RULE, MOST_MISSES, OWNER_RULE } from './instructions.ts'

const MOST_CHANGES = 80

/** Standing instructions for changing a page. Part of the fingerprint of what is written. */
export const REVISION_INSTRUCTIONS = `You are a careful engineer who keeps documentation true. You get a page that you wrote, what has changed in the
repository since, and the page that a program makes of the facts as they are now. Change in your page what is not true any more,
tell what is new, and leave every other line exactly as it is.

${MATERIAL_RULE}
${OWNER_RULE}
Answer with edits and nothing else, each in this form:
<<<<<<< OLD
whole lines of your page, exactly as they stand there
=======
the lines that take their place
>>>>>>> NEW

Rules
- The old lines have to stand in the page exactly once: take as many as that needs, and no more. Each edit changes other lines.
- To add, repeat a line of the page and put the new ones beside it. To remove, leave the place for the new lines empty.
- The title stays. When the whole page still holds, answer with NO EDITS.
- Say only what the given lines or pages show. No address that is not given, no HTML.
- A new sentence about code carries a citation of lines you were given, written as [path:3-9](source:path#L3-L9).
- Signatures, tables, code blocks and Mermaid diagrams are as the program's page has them.`

export interface RevisionInput {
  plan: Plan
  page: PlanPage
  /** What the model wrote. */
  revision: Revision
  /** What in it does not hold at this commit. */
  misses: PageVerdict['misses']
  builtin: string
  excerpts: readonly Excerpt[]
  budgetTokens: number
}

/** All a model needs to change one page, within a budget, as material that cannot end its fence. Pure. */
export function revisionPack({
  plan,
  page,
  revision,
  misses,
  builtin,
  excerpts,
  budgetTokens,
}: RevisionInput): ContextPack {
  const head = [
    ...surroundings(plan, page),
    { title: 'your page', text: revision.markdown.trimEnd() },
    { title: 'what has changed', text: changesText(revision) },
    { title: 'what does not hold in it', text: listed(misses) },
    { title: 'what a program makes of the facts now', text: builtin },
  ]
  return packed(
    head.filter(({ text }) => text !== ''),
    excerpts,
    budgetTokens,
  )
}

/** What is asked for when edits do not fit, or when what they make is not taken. */
export function revisionRepairPrompt(answer: string, faults: readonly string[]): string {
  const list = faults.slice(0, MOST_MISSES).map((fault) => `- ${fault}`)
  const material = fenced([
    { title: 'your edits', text: answer },
    { title: 'what is wrong with them', text: list.join('\n') },
  ])
  return `Below are your edits, and what is wrong with them. Answer with all edits again, to the same page, in which each of these is put
right.

${material.join('\n\n')}`
}

function changesText({ changes, lost }: Revision): string {
  const facts = changes.map(({ fact, change }) => `- ${fact}: ${change}`)
  const lines = lost.flatMap((target) => {
    const range = parseCitation(target)
    return range ? [`- ${rangeLabel(range)}: these lines said something else when you cited them`] : []
  })
  return [...facts, ...lines].slice(0, MOST_CHANGES).join('\n')
}
