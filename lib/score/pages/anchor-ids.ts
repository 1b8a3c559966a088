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

function headingId(text: string): string {
  const kept = [...text.trim().toLowerCase()].filter((char) => /[\p{L}\p{N}\s_-]/u.test(char)).join('')
  return kept.replace(/\s/g, '-') || 'section'
}
