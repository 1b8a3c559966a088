import type { SourceRange } from '#lib/domain/facts.ts'
import { forgeHref } from '#lib/site/links.ts'
import type { SiteModel } from '#lib/site/site-model.ts'

/** So many lines of a citation are shown in place; the rest stands on the page of the file. */
const MAX_SHOWN_LINES = 24

interface Receipt {
  path: string
  commit: string
  /** Address of the file on the forge, without lines. */
  forge: string | null
  total: number
  /** Stretches of lines that pages cite: number of the first one, then the markup of each. */
  parts: [start: number, lines: string[]][]
}

/** Where the script with the cited lines of a file is, given the page of that file. */
export function receiptPath(file: string): string {
  return `${file.replace(/^source\//, 'receipts/')}.js`
}

/** The cited lines of a file as a script, because scripts load from disk and under the policy, where fetched files do not. */
export function receiptScript(
  { path, lines }: { path: string; lines: string[] },
  { citedBy, model }: { citedBy: { range: SourceRange }[]; model: SiteModel },
): string {
  const receipt: Receipt = {
    path,
    commit: model.shortCommit,
    forge: forgeHref(path, model.input.forgeBase),
    total: lines.length,
    parts: citedParts(lines, citedBy),
  }
  const file = model.paths.sources.get(path) ?? ''
  return `docsfyReceipt(${JSON.stringify(file)}, ${JSON.stringify(receipt)})\n`
}

function citedParts(lines: string[], citedBy: { range: SourceRange }[]): Receipt['parts'] {
  const parts: Receipt['parts'] = []
  const ranges = citedBy.map(({ range }) => range).sort((a, b) => a.start - b.start)
  let next = 1
  for (const { start, end } of ranges) {
    const last = Math.min(end, start + MAX_SHOWN_LINES - 1, lines.length)
    if (start < 1 || last < next) continue
    const from = Math.max(start, next)
    const part = parts.at(-1)
    if (part && from === next && from > 1) part[1].push(...lines.slice(from - 1, last))
    else parts.push([from, lines.slice(from - 1, last)])
    next = last + 1
  }
  return parts
}
