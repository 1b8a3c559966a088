import { rangeLabel } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { breakablePath } from '#lib/site/breakable-path.ts'
import { type Html, html } from '#lib/site/html.ts'

interface Citation {
  range: SourceRange
  href: string | null
  /** Label as written in the Markdown. */
  label: string
  shortCommit: string
}

/** Longer ones would not fit on the line of a phone, and break; the style sheet knows them by what they may break at. */
const ONE_LINE_CHARS = 38

/**
 * A citation, small and quiet: the file name and lines in brackets. Its address and its card tell the rest, which a title
 * on each would repeat: on a long page, a tenth of what a reader loads. What leads nowhere has only its title.
 */
export function citationChip({ range, href, label, shortCommit }: Citation): Html {
  const words = label === rangeLabel(range) ? shortLabel(range) : label
  const text = words.length > ONE_LINE_CHARS ? html`<wbr>${breakablePath(words)}` : words
  if (href) return html`<a class="cite" href="${href}">${text}</a>`
  return html`<span class="cite" title="${range.path} ${linesText(range)} at ${shortCommit}">${text}</span>`
}

function linesText({ start, end }: SourceRange): string {
  return start === end ? `line ${start}` : `lines ${start}–${end}`
}

function shortLabel({ path, start, end }: SourceRange): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return start === end ? `${name}:${start}` : `${name}:${start}–${end}`
}
