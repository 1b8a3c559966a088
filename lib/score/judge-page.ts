import type { Facts } from '#lib/domain/facts.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { type Context, contextOf } from '#lib/score/context.ts'
import { EarlierGrounds } from '#lib/score/earlier-grounds.ts'
import type { Finding } from '#lib/score/finding.ts'
import { Ground } from '#lib/score/ground.ts'
import { measureCitationsResolve } from '#lib/score/measures/citations-resolve.ts'
import { measureCitationsSupport } from '#lib/score/measures/citations-support.ts'
import { measureDiagrams } from '#lib/score/measures/diagrams.ts'
import { measureExamples } from '#lib/score/measures/examples.ts'
import { measureIdentifiers } from '#lib/score/measures/identifiers.ts'
import { measureLeakage } from '#lib/score/measures/leakage.ts'
import { measureLinks } from '#lib/score/measures/links.ts'
import { measurePaths } from '#lib/score/measures/paths.ts'
import { measureSignatures } from '#lib/score/measures/signatures.ts'
import { markdownPage } from '#lib/score/pages/markdown-page.ts'
import { type Block, type DocPage, inlinesOf, plainText, wordsOf } from '#lib/score/pages/page.ts'

/** Fewer words are a label, not an explanation. */
const LEAST_WORDS = 6

interface JudgeRequest {
  snapshot: Snapshot
  facts: Facts
  /** Every page of the plan; links to others are links that exist. */
  slugs: readonly string[]
  signal: AbortSignal
}

export type Judge = (slug: string, markdown: string) => Promise<PageVerdict>

/** Holds single pages against a commit before they are taken: everything the Doc Score can decide without the other pages. */
export function pageJudge({ snapshot, facts, slugs, signal }: JudgeRequest): Judge {
  // Made when it is first needed: the built-in writer asks nobody.
  let ground: Ground | null = null
  return async (slug, markdown) => {
    ground ??= new Ground({ snapshot, facts, signal })
    const page: DocPage = { key: slug, file: `${slug}.md`, ...markdownPage(markdown), isNavigation: false }
    const others = slugs.filter((other) => other !== slug).map(emptyPage)
    const pages = [page, ...others]
    const target = {
      pages,
      files: new Set(pages.map(({ file }) => file)),
      navigation: [],
      commit: snapshot.commit,
      limits: [],
    }
    const context = contextOf(target, ground, signal)
    const findings = await findingsOf(context)
    const checked = findings.reduce((sum, { checked: count }) => sum + count, 0)
    const misses = findings
      .flatMap((finding) => finding.misses)
      .map(({ line, claim, found }) => ({ line, claim, found }))
    return { checked, misses, ...explanation(page, context) }
  }
}

async function findingsOf(context: Context): Promise<Finding[]> {
  const diagrams = measureDiagrams(context)
  return [
    measureLinks(context),
    await measureCitationsResolve(context, new EarlierGrounds(context, undefined)),
    await measureCitationsSupport(context),
    measurePaths(context),
    await measureIdentifiers(context),
    measureSignatures(context),
    await measureExamples(context),
    diagrams.parse,
    diagrams.grounded,
    { ...measureLeakage(context), checked: 0 },
  ]
}

/** Stands for a page that is not written yet. */
function emptyPage(slug: string): DocPage {
  return {
    key: slug,
    file: `${slug}.md`,
    type: null,
    blocks: [],
    anchors: new Set(),
    navigation: [],
    isNavigation: true,
  }
}

/** What the page tells a reader and proves: the words of cited prose, and the names of the repository it explains. */
function explanation(page: DocPage, { byInline, ground }: Context): Pick<PageVerdict, 'provenWords' | 'explained'> {
  const explained = new Set<string>()
  let provenWords = 0
  for (const block of page.blocks) {
    if (!isProse(block)) continue
    const inlines = inlinesOf(block)
    const words = wordsOf(plainText(inlines.filter((inline) => !byInline.has(inline)))).length
    if (words < LEAST_WORDS || !inlines.some((inline) => byInline.has(inline))) continue
    provenWords += words
    for (const { isCode, text } of inlines)
      if (isCode && isNamed(text, ground)) explained.add(text.replace(/\(.*\)$/, ''))
  }
  return { provenWords, explained: [...explained].sort() }
}

function isProse(block: Block): boolean {
  return block.kind === 'paragraph' || block.kind === 'item'
}

function isNamed(text: string, { symbols, text: repository }: Ground): boolean {
  const name = text.replace(/\(.*\)$/, '')
  return symbols.has(name) || repository.hasPath(name)
}
