import type { Facts } from '#lib/domain/facts.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import { keyOf, piecesOf } from './same-text.ts'

export interface GuidePage {
  title: string
  slug: string
}

/** The guide that tells a sentence word for word; null when none does. */
export type GuideTexts = (sentence: string) => GuidePage | null

const cache = new WeakMap<Plan, GuideTexts>()

/** What the guides of a plan tell, sentence by sentence. */
export function guideTextsOf(facts: Facts, plan: Plan): GuideTexts {
  const known = cache.get(plan)
  if (known) return known
  const documents = new Map(facts.documents.map((document) => [document.path, document]))
  const told = new Map<string, GuidePage>()
  for (const { kind, subject, title, slug } of planPages(plan)) {
    const sections = kind === 'examples' && subject !== undefined ? documents.get(subject)?.sections : undefined
    const paragraphs = (sections ?? []).flatMap(({ text }) => withoutTargets(text).split(/\n\s*\n/))
    for (const key of paragraphs.flatMap(piecesOf).map(keyOf))
      if (key !== null && !told.has(key)) told.set(key, { title, slug })
  }
  const find: GuideTexts = (sentence) => told.get(keyOf(sentence) ?? '') ?? null
  cache.set(plan, find)
  return find
}

/** Addresses of links are no words of a sentence. */
function withoutTargets(markdown: string): string {
  return markdown.replace(/\]\((?:[^()\s]|\([^()\s]*\))*\)/g, ']')
}
