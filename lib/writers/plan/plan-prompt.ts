import { tokensOf } from '#lib/ai/token-count.ts'
import type { Facts } from '#lib/domain/facts.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { fenced } from '#lib/writers/ai/fenced.ts'
import { MATERIAL_RULE, OWNER_RULE } from '#lib/writers/ai/instructions.ts'
import { type Arrangement, MOST_ADDED } from './arrangement.ts'

/** Of what is wrong, a model puts no more than these right at once. */
const MOST_FAULTS = 40
const SHOWN_HEADER = 120

export interface PlanPromptInput {
  /** The built-in plan. */
  plan: Plan
  facts: Facts
  /** The built-in overview: what the project is. */
  overview: string
  /** What the owner asks for; empty: nothing. */
  wishes: string
  /** How the plan was arranged at an earlier commit; null: never. */
  earlier: Arrangement | null
  budgetTokens: number
}

/** Standing instructions for arranging a plan. */
export const PLAN_INSTRUCTIONS = `You are a careful engineer who plans documentation. You get the plan that a program has made for a
repository: groups of pages in reading order. Arrange it for its readers: put pages in the order in which they are needed, give
pages and groups names that say what a reader finds there, tell pages that belong together on one page, and add the few pages that
readers will miss, such as how a request flows through the parts, or how to extend it. A plan that is good stays as it is.

${MATERIAL_RULE}
${OWNER_RULE}
Answer with one JSON object and nothing else:
{"groups": [{"group": "Name of the group", "pages": [
  {"page": "slug-of-the-plan"},
  {"page": "another-slug", "title": "Its new title", "description": "Its new description", "merge": ["slug-told-on-it"]},
  {"add": "new-slug", "title": "…", "description": "…", "type": "guide", "purpose": "…", "sources": ["path/of/a/file", "other/file:10-80"]}
]}]}

Rules
- Every page of the plan stands in it exactly once, as "page" or in a "merge". The first page stays the first.
- "title" and "description" only where they change; at most 120 and 300 characters, plain words without code or links.
- "merge" tells up to 5 other pages as sections of a page; pages of the reference are usually too long for that.
- At most ${MOST_ADDED} pages with "add", each about something no page of the plan tells: a new slug of small letters, digits and "-";
  "type" is guide, reference, recipe or concept; "purpose" says what a reader can do after it; "sources" are 1 to 12 files of
  the list that prove what it says, as they are spelled there, with lines or without.
- Keep the arrangement of an earlier commit where it still fits: readers know it.
- Titles and descriptions are in the language that the owner asks for, English where none is. Pages the owner asks for have to be
  there, under the titles that are given.
- {"groups": []} when the plan is right as it is.`

/** All a model needs to arrange a plan, within a budget, as material that cannot end its fence. Pure. */
export function planPrompt({ plan, facts, overview, wishes, earlier, budgetTokens }: PlanPromptInput): string {
  const head = [
    { title: 'project', text: `${plan.project_name} (${plan.repo_type})\n${plan.tagline}` },
    { title: 'the plan', text: planText(plan) },
    ...(wishes === '' ? [] : [{ title: 'what the owner asks for', text: wishes }]),
    ...(earlier ? [{ title: 'the arrangement of an earlier commit', text: JSON.stringify(earlier) }] : []),
  ]
  const room = () => budgetTokens - tokensOf(fenced(head).join('\n\n'))
  if (tokensOf(overview) < room() / 2) head.push({ title: 'the overview of the project', text: overview })
  const lines: string[] = []
  let left = room()
  for (const line of fileLines(facts)) {
    left -= tokensOf(`${line}\n`)
    if (left < 0) break
    lines.push(line)
  }
  return fenced([...head, { title: 'files of the repository', text: lines.join('\n') }]).join('\n\n')
}

/** What is asked for when an answer cannot be followed. */
export function planRepairPrompt(answer: string, faults: readonly string[]): string {
  const material = fenced([
    { title: 'your answer', text: answer },
    {
      title: 'what is wrong with it',
      text: faults
        .slice(0, MOST_FAULTS)
        .map((fault) => `- ${fault}`)
        .join('\n'),
    },
  ])
  return `Below is your answer, and what is wrong with it. Answer with the whole JSON object again, in which each of these is put
right, and nothing else is changed.

${material.join('\n\n')}`
}

function planText(plan: Plan): string {
  return plan.navigation
    .map(({ group, pages }) => {
      const lines = pages.map(({ slug, type, title, description }) => `- ${slug} (${type}): ${title}: ${description}`)
      return [`## ${group}`, ...lines].join('\n')
    })
    .join('\n\n')
}

const SOURCE_ROLES = new Set(['source', 'example', 'docs', 'config'])

/** Files that can prove something, sources first, then by path. */
function fileLines({ files }: Facts): string[] {
  const shown = files.filter(({ role, lines }) => SOURCE_ROLES.has(role) && lines > 0)
  const sources = shown.filter(({ role }) => role === 'source')
  return [...sources, ...shown.filter(({ role }) => role !== 'source')].map(({ path, lines, header }) => {
    const says = header ? `: ${header.text.replace(/\s+/g, ' ').slice(0, SHOWN_HEADER)}` : ''
    return `${path} (${lines} lines)${says}`
  })
}
