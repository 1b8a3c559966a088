import type { Plan, PlanPage } from '#lib/domain/plan.ts'
import type { Style } from '#lib/domain/steering.ts'

/** What the owner asks of a page, in lines for a prompt; empty: nothing. */
export function wishesText(style: Style | undefined, page?: PlanPage): string {
  const { audience, tone, language, terms = [] } = style ?? {}
  const lines = [
    audience && `Audience: ${audience}`,
    tone && `Tone: ${tone}`,
    language && `Language of the text: ${language} (${languageName(language)}). Names of code stay as they are.`,
    ...terms.map(
      ({ use, not }) => `Say "${use}"${not.length > 0 ? `, not ${not.map((word) => `"${word}"`).join(', ')}` : ''}`,
    ),
    page?.wish && `This page: ${page.wish}`,
  ]
  return lines.filter(Boolean).join('\n')
}

/** What of a plan decides the words of a page beside its facts; null when nothing is asked for. */
export function wishesOf(plan: Plan, page: PlanPage): { style?: Style; wish?: string } | null {
  const { style } = plan
  const { wish } = page
  return style || wish ? { style, wish } : null
}

/** The share of the built-in page's proven words that a page in this language needs: others say the same in fewer words. */
export function shareOfWords(language: string | undefined): number {
  return language === undefined || /^en\b/i.test(language) ? 0.9 : 0.6
}

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
