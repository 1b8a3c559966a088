import { fenceLines } from '#lib/writers/fence-lines.ts'
import { type PageBlock, pageBlocks } from './page-blocks.ts'

const CITATIONS = String.raw`(?:\s*\[[^\]]{0,300}\]\(source:[^)]{0,600}\))*`
/**
 * A full stop, its citations, a space, then a capital letter, a code span or a link that is no citation. Behind the full stop
 * of a language without blanks between words anything begins the next sentence, at once.
 */
const SENTENCE_END = new RegExp(
  String.raw`(?<=[.!?:]${CITATIONS}\s+)(?=[\p{Lu}\x60"*(]|\[(?![^\]]{0,300}\]\(source:))` +
    String.raw`|(?<=[。！？｡]["”’」』）]?${CITATIONS}\s*)(?=[^\s"”’」』）])(?!\[[^\]]{0,300}\]\(source:)`,
  'u',
)

/**
 * The page without what does not hold: of a paragraph the sentence, or all of it when no sentence can be told; a list item,
 * a table row, a section or a code block as a whole. Lines are those of the Markdown, 1-based.
 */
export function withoutClaims(markdown: string, misses: readonly { line: number; claim: string }[]): string {
  const lines = markdown.split('\n')
  const blockAt = pageBlocks(lines)
  const claims = new Map<PageBlock, string[]>()
  for (const { line, claim } of misses) {
    const block = blockAt(line - 1)
    if (block) claims.set(block, [...(claims.get(block) ?? []), claim])
  }
  const kept: (string | null)[] = lines.slice()
  for (const [{ kind, from, to }, guilty] of claims) {
    const paragraph = kind === 'paragraph' ? kept.slice(from, to + 1) : []
    kept.fill(null, from, to + 1)
    if (paragraph.every((line) => line !== null)) kept[from] = withoutSentences(paragraph, guilty) || null
  }
  return tidied(kept.filter((line) => line !== null))
}

/** The paragraph as one line without the sentences that make these claims; empty when one of them cannot be found. */
function withoutSentences(paragraph: string[], claims: string[]): string {
  const text = paragraph.map((line, at) => (at === 0 ? line : line.trim().replace(/^>\s?/, ''))).join(' ')
  const sentences = text.split(SENTENCE_END)
  const guilty = new Set<string>()
  for (const claim of claims) {
    const found = sentencesWith(claim, sentences)
    if (found.length === 0) return ''
    for (const sentence of found) guilty.add(sentence)
  }
  return sentences
    .filter((sentence) => !guilty.has(sentence))
    .join('')
    .trimEnd()
}

/** Where the claim stands: as it is; else its citation, with the names it should show where they are; else the names. */
function sentencesWith(claim: string, sentences: string[]): string[] {
  const plain = sentences.map((text) => ({ text, plain: text.replace(/\\([\\[\]()!*_`<>])/g, '$1') }))
  const [, label = claim, shown = ''] = /^(\S.*?) shows (.+)$/.exec(claim) ?? []
  const names = (shown || claim).split(/[\s,]+/).filter((name) => name.length > 1)
  const hasName = (text: string) => names.some((name) => hasToken(text, name))
  const cited = plain.filter((sentence) => sentence.plain.includes(`[${label}]`))
  const exact = cited.length > 0 ? cited : plain.filter((sentence) => hasToken(sentence.plain, label))
  const sure = exact.filter((sentence) => hasName(sentence.plain))
  const candidates = [sure, exact, plain.filter((sentence) => hasName(sentence.plain))]
  return (candidates.find((found) => found.length > 0) ?? []).map(({ text }) => text)
}

function hasToken(text: string, token: string): boolean {
  const written = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w$])${written}(?![\\w$])`).test(text)
}

/** No heading and no table without anything below it, no two blank lines; code stays as it is. */
function tidied(lines: string[]): string {
  const fences = fenceLines(lines)
  const kept: string[] = []
  let next = ''
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? ''
    if (!fences[at]) {
      if (isLeftAlone(line, next, lines[at + 1] ?? '')) continue
      if (line.trim() === '' && kept.at(-1)?.trim() === '') continue
    }
    kept.push(line)
    if (line.trim() !== '') next = fences[at] ? '```' : line
  }
  return `${kept.reverse().join('\n').trim()}\n`
}

const TABLE_HEAD = /^\s*\|?[\s:-]*-[\s:|-]*$/

/** `next` is what stays below the line, `below` the line that stood there. */
function isLeftAlone(line: string, next: string, below: string): boolean {
  const level = /^(#{2,6})\s/.exec(line)?.[1]?.length
  if (level !== undefined) return next === '' || (/^(#+)\s/.exec(next)?.[1]?.length ?? 7) <= level
  if (!line.trim().startsWith('|')) return false
  const isHead = TABLE_HEAD.test(line)
  return isHead
    ? !below.trim().startsWith('|')
    : TABLE_HEAD.test(below) && below.trim() !== '' && !next.trim().startsWith('|')
}
