/** A full stop, its citations, a space, then a capital letter, a code span or a link that is no citation. */
const SENTENCE_END = /(?<=[.!?:](?:\s*\[[^\]]*\]\(source:[^)]*\))*)\s+(?=[\p{Lu}`"*(]|\[(?![^\]]*\]\(source:))/u

/**
 * The page without what does not hold: a list item or table row goes as a whole, of a paragraph the sentence, of code the
 * block. Lines are those of the Markdown, 1-based.
 */
export function withoutClaims(markdown: string, misses: readonly { line: number; claim: string }[]): string {
  const lines = markdown.split('\n')
  const drop = new Set<number>()
  for (const { line, claim } of misses) {
    const at = line - 1
    const fence = fenceAround(lines, at)
    if (fence) for (let inside = fence.from; inside <= fence.to; inside += 1) drop.add(inside)
    else if (/^\s*(?:[-*+]|\d+[.)])\s|^\s*\||^#{2,6}\s/.test(lines[at] ?? '')) drop.add(at)
    else lines[at] = withoutSentence(lines[at] ?? '', claim)
  }
  return tidied(lines.filter((_, at) => !drop.has(at)))
}

function fenceAround(lines: string[], at: number): { from: number; to: number } | null {
  let from = -1
  for (const [index, line] of lines.entries()) {
    if (!/^\s*(?:```|~~~)/.test(line)) continue
    if (from < 0) from = index
    else {
      if (at >= from && at <= index) return { from, to: index }
      from = -1
    }
  }
  return null
}

function withoutSentence(line: string, claim: string): string {
  const sentences = line.split(SENTENCE_END)
  const words = claim.split(/[\s,]+/).filter((word) => word.length > 2)
  const guilty = sentences.filter(
    (sentence) => sentence.includes(claim) || words.some((word) => sentence.includes(word)),
  )
  if (guilty.length === 0) return ''
  return sentences.filter((sentence) => !guilty.includes(sentence)).join(' ')
}

/** No heading without anything below it, no two blank lines. */
function tidied(lines: string[]): string {
  const kept = lines.filter((line, at) => {
    if (!/^#{2,6}\s/.test(line)) return true
    const next = lines.slice(at + 1).find((other) => other.trim() !== '')
    const level = /^#+/.exec(line)?.[0].length ?? 0
    const nextLevel = /^(#+)\s/.exec(next ?? '')?.[1]?.length
    return next !== undefined && (nextLevel === undefined || nextLevel > level)
  })
  return `${kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
