import { tokensOf } from '#lib/ai/token-count.ts'
import { parseCitation, rangeLabel } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import { maskedSecrets } from '#lib/writers/builtin/masked-secrets.ts'
import { fenced, type Material } from './fenced.ts'
import { wishesText } from './wishes.ts'

const EXCERPT_LINES = 60
/** For estimates: code has about ten tokens in a line; long lines are rare. */
const TOKENS_PER_LINE = 30

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
  /** Estimated. More than the budget when the page alone does not fit. */
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

/** The lines of a file as a model may see them, whatever secret it shows; their number stays. */
export function maskedLines(lines: readonly string[]): string[] {
  let isKey = false
  const withoutKeys = lines.map((line) => {
    const isEnd = line.includes('-----END')
    const isInside = isKey && !isEnd
    if (/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(line)) isKey = true
    if (isEnd) isKey = false
    return isInside ? '…' : line
  })
  return maskedSecrets(withoutKeys.join('\n')).split('\n')
}

/**
 * All a model needs to write one page, within a budget: what the page is, its neighbours, the built-in page, and the lines
 * it cites, all of it as material that cannot end its fence.
 */
export function contextPack({ plan, page, builtin, excerpts, budgetTokens }: PackInput): ContextPack {
  const made = { title: page.kind === 'topic' ? 'facts for the page' : 'the page so far', text: builtin }
  return packed([...surroundings(plan, page), made], excerpts, budgetTokens)
}

/** What a page is and stands among. */
export function surroundings(plan: Plan, page: PlanPage): Material[] {
  const wishes = wishesText(plan.style, page)
  return [
    { title: 'project', text: `${plan.project_name}\n${plan.tagline}` },
    { title: 'page to write', text: aboutPage(page) },
    { title: 'other pages of this documentation', text: neighbours(plan, page) },
    ...(wishes === '' ? [] : [{ title: 'what the owner asks for', text: wishes }]),
  ]
}

/** Material as one prompt, with as many excerpts as fit into the budget. */
export function packed(head: readonly Material[], excerpts: readonly Excerpt[], budgetTokens: number): ContextPack {
  let tokens = tokensOf(fenced(head).join('\n\n'))
  const kept = excerpts.flatMap(({ range, lines }) => {
    const text = lines.map((line, at) => `${range.start + at}  ${line}`).join('\n')
    const material = { title: rangeLabel(range), text }
    const more = tokensOf(`\n\n${fenced([material])[0]}`)
    if (tokens + more > budgetTokens) return []
    tokens += more
    return [material]
  })
  return { prompt: fenced([...head, ...kept]).join('\n\n'), tokens, leftOut: excerpts.length - kept.length }
}

/** Tokens of the pack for a page, as far as they can be told without reading its excerpts. */
export function estimatedTokens(builtin: string, budgetTokens: number): number {
  const lines = citedRanges(builtin).reduce((sum, { start, end }) => sum + end - start + 2, 0)
  return Math.min(budgetTokens, tokensOf(builtin) + lines * TOKENS_PER_LINE)
}

function aboutPage({ title, type, description, purpose, parts = [] }: PlanPage): string {
  const lines = [`${title} (${type})`, description]
  if (purpose !== undefined) lines.push(`Purpose: ${purpose}`)
  if (parts.length > 0)
    lines.push(`It tells these too, each in a section: ${parts.map((part) => part.title).join('; ')}`)
  return lines.join('\n')
}

/** Pages that a model added are left out: they may not come to be, and what links to them would lead nowhere. */
function neighbours(plan: Plan, page: PlanPage): string {
  const others = planPages(plan).filter(({ slug, kind }) => slug !== page.slug && kind !== 'topic')
  return others.map(({ slug, title, description }) => `- [${title}](${slug}.md): ${description}`).join('\n')
}
