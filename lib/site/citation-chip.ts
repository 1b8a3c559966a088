import { rangeLabel } from '#lib/domain/citations.ts'
import type { SourceRange } from '#lib/domain/facts.ts'
import { type Html, html } from '#lib/site/html.ts'

interface Citation {
  range: SourceRange
  href: string | null
  /** Label as written in the Markdown. */
  label: string
  shortCommit: string
}

/** A citation, small and quiet: the file name and lines in brackets, the whole story in the title. */
export function citationChip({ range, href, label, shortCommit }: Citation): Html {
  const title = `${range.path} ${linesText(range)} at ${shortCommit}`
  const text = label === rangeLabel(range) ? shortLabel(range) : label
  if (!href) return html`<span class="cite" title="${title}">${text}</span>`
  return html`<a class="cite" href="${href}" title="${title}">${text}</a>`
}

function linesText({ start, end }: SourceRange): string {
  return start === end ? `line ${start}` : `lines ${start}–${end}`
}

function shortLabel({ path, start, end }: SourceRange): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return start === end ? `${name}:${start}` : `${name}:${start}–${end}`
}
