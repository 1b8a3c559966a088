/** Ids of headings by the rules of GitHub, repeats numbered: what a fragment of a Markdown page may name. */
export class HeadingIds {
  private readonly seen = new Map<string, number>()

  next(text: string): string {
    const id = headingId(text)
    const count = this.seen.get(id) ?? 0
    this.seen.set(id, count + 1)
    return count === 0 ? id : `${id}-${count}`
  }
}

/**
 * Ids that the other site generators give a heading: VitePress (with and without letter case), Python-Markdown, docutils,
 * and GitHub's rule with the letters as they are.
 */
export function otherIds(heading: string): string[] {
  const text = heading.trim()
  const dashed = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
  const words = text
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/[-\s]+/g, '-')
  const cased = [dashed, dashed.replace(/^-+|-+$/g, ''), words, text.replace(/\s+/g, '-')]
  return [...cased, ...cased.map((id) => id.toLowerCase()), dashed.replaceAll('_', '-').toLowerCase()]
}

function headingId(text: string): string {
  const kept = [...text.trim().toLowerCase()].filter((char) => /[\p{L}\p{N}\s_-]/u.test(char)).join('')
  return kept.replace(/\s/g, '-') || 'section'
}
