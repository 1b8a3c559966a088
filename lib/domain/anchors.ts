/** Heading ids of one page, as forges make them: lower case, punctuation dropped, spaces to hyphens, `-1` … for repeats. */
export class AnchorIds {
  private readonly seen = new Map<string, number>()

  next(text: string): string {
    const base = anchorOf(text)
    const count = this.seen.get(base)
    this.seen.set(base, (count ?? 0) + 1)
    return count === undefined ? base : `${base}-${count}`
  }
}

/** The id of a heading that occurs once. `text` is the plain text of the heading, without markup. */
export function anchorOf(text: string): string {
  const id = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
  return id || 'section'
}
