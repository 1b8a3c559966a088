import { createHash } from 'node:crypto'
import { parseCitation, rangeLabel } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'

/** Few tokens of English or code have less than three characters; what is counted too high is only left out. */
const CHARS_PER_TOKEN = 3.2
const EXCERPT_LINES = 60

export interface Excerpt {
  range: SourceRange
  lines: string[]
}

export interface PackInput {
  plan: Plan
  page: PlanPage
  /** The built-in writer's page. */
  builtin: string
  /** What its citations show, in their order. */
  excerpts: readonly Excerpt[]
  budgetTokens: number
}

export interface ContextPack {
  prompt: string
  /** Estimated. */
  tokens: number
  /** How many excerpts did not fit. */
  leftOut: number
}

/** Ranges the page cites, each once, in reading order; long ones are cut. */
export function citedRanges(markdown: string): SourceRange[] {
  const ranges = new Map<string, SourceRange>()
  for (const [, target = ''] of markdown.matchAll(/\]\((source:[^)\s]+)\)/g)) {
    const range = parseCitation(target)
    if (!range) continue
    const { path, start, end } = range
    ranges.set(target, { path, start, end: Math.min(end, start + EXCERPT_LINES - 1) })
  }
  return [...ranges.values()]
}

/**
 * All a model needs to write one page, within a budget: what the page is, its neighbours, the built-in page, and the lines
 * it cites. Everything that comes from the repository stands between marks it cannot know, so that it cannot end them.
 */
export function contextPack({ plan, page, builtin, excerpts, budgetTokens }: PackInput): ContextPack {
  const mark = createHash('sha256').update(builtin).digest('hex').slice(0, 16)
  const neighbours = planPages(plan)
    .filter(({ slug }) => slug !== page.slug)
    .map(({ slug, title, description }) => `- [${title}](${slug}.md): ${description}`)
  const head = [
    `Project: ${plan.project_name}. ${plan.tagline}`,
    `Page: ${page.title} (${page.type}). ${page.description}`,
    fenced('other pages of this documentation', neighbours.join('\n'), mark),
    fenced('the page so far', builtin, mark),
  ].join('\n\n')
  let tokens = tokensOf(head)
  const kept: string[] = []
  for (const { range, lines } of excerpts) {
    const numbered = lines.map((line, at) => `${range.start + at}  ${line}`).join('\n')
    const text = fenced(rangeLabel(range), numbered, mark)
    if (tokens + tokensOf(text) > budgetTokens) continue
    tokens += tokensOf(text)
    kept.push(text)
  }
  return { prompt: [head, ...kept].join('\n\n'), tokens, leftOut: excerpts.length - kept.length }
}

/** Tokens a text has at most, for budgets. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN)
}

function fenced(title: string, text: string, mark: string): string {
  return `<<<data ${mark} ${title.replace(/\s+/g, ' ')}\n${text}\ndata ${mark}>>>`
}
