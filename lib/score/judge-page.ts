import { createHash } from 'node:crypto'
import type { Facts } from '#lib/domain/facts.ts'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import { shownImages } from '#lib/domain/shown-images.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { type Context, contextOf } from '#lib/score/context.ts'
import { countWords } from '#lib/score/count-words.ts'
import { EarlierGrounds } from '#lib/score/earlier-grounds.ts'
import type { Finding } from '#lib/score/finding.ts'
import { Grammars } from '#lib/score/grammars.ts'
import { Ground } from '#lib/score/ground.ts'
import { loosenedNames } from '#lib/score/loosened-names.ts'
import { measureCitationsResolve } from '#lib/score/measures/citations-resolve.ts'
import { measureCitationsSupport } from '#lib/score/measures/citations-support.ts'
import { measureDiagrams } from '#lib/score/measures/diagrams.ts'
import { examplesIn } from '#lib/score/measures/examples.ts'
import { measureIdentifiers } from '#lib/score/measures/identifiers.ts'
import { measureLeakage } from '#lib/score/measures/leakage.ts'
import { measureLinks } from '#lib/score/measures/links.ts'
import { measurePaths } from '#lib/score/measures/paths.ts'
import { measureSignatures } from '#lib/score/measures/signatures.ts'
import { markdownPage } from '#lib/score/pages/markdown-page.ts'
import { type Block, type DocPage, inlinesOf, plainText } from '#lib/score/pages/page.ts'
import { sentencesOf } from '#lib/score/sentences.ts'
import { shownNames } from '#lib/score/shown-names.ts'
import { straySignatures } from '#lib/score/stray-signatures.ts'

/** Fewer words are a label, not an explanation. */
const LEAST_WORDS = 6

interface JudgeRequest {
  snapshot: Snapshot
  facts: Facts
  /** Every page of the plan; links to others are links that exist, whatever heading they name. */
  slugs: readonly string[]
  signal: AbortSignal
}

export type Judge = (slug: string, markdown: string) => Promise<PageVerdict>

/** Holds single pages against a commit before they are taken: everything the Doc Score can decide without the other pages. */
export function pageJudge({ snapshot, facts, slugs, signal }: JudgeRequest): Judge {
  // Made when it is first needed: the built-in writer asks nobody.
  let made: { ground: Ground; names: Set<string>; grammars: Grammars } | null = null
  return async (slug, markdown) => {
    made ??= { ground: new Ground({ snapshot, facts, signal }), names: namesOf(facts), grammars: new Grammars() }
    const { ground, names, grammars } = made
    const page: DocPage = { key: slug, file: `${slug}.md`, ...markdownPage(markdown), isNavigation: false }
    const others = slugs.filter((other) => other !== slug).map(emptyPage)
    const pages = [page, ...others]
    const target = {
      pages,
      files: new Set([...pages.map(({ file }) => file), ...shownFiles(markdown, ground)]),
      navigation: [],
      commit: snapshot.commit,
      limits: [],
    }
    const context = contextOf(target, ground, signal)
    const findings = await findingsOf(context, grammars)
    const checked = findings.reduce((sum, { checked: count }) => sum + count, 0)
    const misses = findings
      .flatMap((finding) => finding.misses)
      .map(({ line, claim, found }) => ({ line, claim, found }))
    const blocks = soundBlocks(page, misses)
    return {
      checked,
      misses,
      provenWords: provenWords(page, context),
      explained: explained(page, context, names),
      blocks,
    }
  }
}

/** Pictures of the repository become files of the site. */
function shownFiles(markdown: string, { text }: Ground): string[] {
  return [...shownImages(markdown)].filter((path) => text.hasPath(path))
}

async function findingsOf(context: Context, grammars: Grammars): Promise<Finding[]> {
  const diagrams = measureDiagrams(context)
  return [
    measureLinks(context),
    await measureCitationsResolve(context, new EarlierGrounds(context, undefined)),
    await measureCitationsSupport(context),
    await shownNames(context),
    measurePaths(context),
    await measureIdentifiers(context),
    await loosenedNames(context),
    measureSignatures(context),
    await straySignatures(context),
    await examplesIn(context, grammars),
    diagrams.parse,
    diagrams.grounded,
    { ...measureLeakage(context), checked: 0 },
  ]
}

/** Stands for a page that is not written yet, whose headings nobody knows. */
function emptyPage(slug: string): DocPage {
  return {
    key: slug,
    file: `${slug}.md`,
    type: null,
    blocks: [],
    anchors: null,
    navigation: [],
    isNavigation: true,
  }
}

/** Words of the sentences that carry a citation. */
function provenWords(page: DocPage, { byInline }: Context): number {
  const sentences = page.blocks.filter(isProse).flatMap((block) => sentencesOf(block, byInline))
  const cited = sentences.filter((sentence) => sentence.some((inline) => byInline.has(inline)))
  const words = cited.map((sentence) => countWords(plainText(sentence.filter((inline) => !byInline.has(inline)))))
  return words.filter((count) => count >= LEAST_WORDS).reduce((sum, count) => sum + count, 0)
}

function explained(page: DocPage, { byInline, ground }: Context, names: ReadonlySet<string>): string[] {
  const found = new Set<string>()
  for (const block of page.blocks) {
    const inlines = inlinesOf(block)
    const words = countWords(plainText(inlines.filter((inline) => !byInline.has(inline))))
    if (isProse(block) && (words < LEAST_WORDS || !inlines.some((inline) => byInline.has(inline)))) continue
    for (const inline of inlines) {
      if (!inline.isCode || byInline.has(inline)) continue
      const name = nameIn(inline.text)
      if (names.has(name) || ground.symbols.has(name) || ground.text.hasPath(name)) found.add(name)
    }
  }
  return [...found].sort()
}

/** What is named, without arguments of a call or the value of a flag. */
function nameIn(code: string): string {
  const text = code.trim()
  return text.startsWith('-') ? text.replace(/[= ,].*$/, '') : text.replace(/\(.*\)$/, '')
}

/** Names of facts that are no symbols. */
function namesOf(facts: Facts): Set<string> {
  return new Set([
    ...facts.flags.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...facts.commands.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...facts.scripts.flatMap(({ name, invocation }) => [name, invocation]),
    ...facts.routes.flatMap(({ method, path }) => [path, `${method} ${path}`]),
    ...facts.environment.map(({ name }) => name),
    ...facts.configurationKeys.map(({ name }) => name),
    ...facts.dataModels.map(({ name }) => name),
  ])
}

function soundBlocks({ blocks }: DocPage, misses: PageVerdict['misses']): string[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'fence') return []
    const last = block.line + block.code.split('\n').length
    if (misses.some(({ line }) => line >= block.line - 1 && line <= last)) return []
    return createHash('sha256').update(block.code.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 16)
  })
}

function isProse(block: Block): boolean {
  return block.kind === 'paragraph' || block.kind === 'item'
}
