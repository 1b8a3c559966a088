import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { WriteRequest } from '#lib/domain/writer.ts'
import { newMisses, refusal, topicFloor } from './accept.ts'
import { foreignText } from './foreign-text.ts'
import { shareOfWords } from './wishes.ts'
import { withoutClaims } from './without-claims.ts'
import { wrongTerms } from './wrong-terms.ts'

export interface Judged {
  markdown: string
  verdict: PageVerdict
}

/** Holds pages against the commit and against all that the model was given. */
export interface Judging {
  judge(markdown: string): Promise<PageVerdict>
  /** What a page is measured by. */
  own: PageVerdict
  /** Words that the owner asked not to say: worth asking again, no reason to take anything out. */
  wrongTerms(markdown: string): PageVerdict['misses']
  /** Why a page is not taken; null when it is. */
  refusal(verdict: PageVerdict): string | null
}

export async function judgingOf(
  { plan, page, evidence }: WriteRequest,
  builtin: string,
  material: string,
): Promise<Judging> {
  const judge = async (markdown: string) => {
    const verdict = await evidence.judge(page.slug, markdown)
    return { ...verdict, misses: [...verdict.misses, ...foreignText(markdown, `${material}\n${builtin}`)] }
  }
  const verdict = await judge(builtin)
  const own = page.kind === 'topic' ? topicFloor(verdict) : verdict
  const share = shareOfWords(plan.style?.language)
  return {
    judge,
    own,
    wrongTerms: (markdown) => wrongTerms(markdown, plan.style?.terms),
    refusal: (other) => refusal(other, own, share),
  }
}

/** The first page that can be taken, without what does not hold in it, or why the first one cannot. */
export async function firstTaken(
  candidates: readonly Judged[],
  judging: Judging,
): Promise<{ markdown: string } | { refused: string }> {
  const reasons: string[] = []
  for (const candidate of candidates) {
    const { markdown, refused } = await sifted(candidate, judging)
    if (refused === null) return { markdown }
    reasons.push(refused)
  }
  return { refused: reasons[0] ?? 'nothing was written' }
}

/** The page without what does not hold, and why it is not taken all the same. */
async function sifted(page: Judged, { judge, own, refusal: refusalOf }: Judging) {
  const misses = newMisses(page.verdict, own)
  if (misses.length === 0) return { markdown: page.markdown, refused: refusalOf(page.verdict) }
  const markdown = withoutClaims(page.markdown, misses)
  return { markdown, refused: refusalOf(await judge(markdown)) }
}
