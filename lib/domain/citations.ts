import type { SourceRange } from '#lib/domain/facts.ts'

/** Link scheme of a citation in a stored page: `[lib/a.ts:3-9](source:lib/a.ts#L3-L9)`. */
export const SOURCE_SCHEME = 'source:'

function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`))
    .join('/')
}

/** `path:3-9`, or `path:3` for one line. */
export function rangeLabel(range: SourceRange): string {
  return range.start === range.end ? `${range.path}:${range.start}` : `${range.path}:${range.start}-${range.end}`
}

/** `#L3-L9`, or `#L3` for one line: the fragment forges and our source pages understand. */
export function rangeFragment(range: SourceRange): string {
  return range.start === range.end ? `#L${range.start}` : `#L${range.start}-L${range.end}`
}

/**
 * Markdown of a citation. What could open markup in the label is escaped: `!` and parentheses too, because the
 * renderer's lexer drops backslashes before brackets inside a label; a bar so that the label is the same in a table. Line breaks
 * in a path become blanks.
 */
export function cite(range: SourceRange): string {
  const label = rangeLabel(range)
    .replace(/\s+/g, ' ')
    .replace(/[\\[\]()!*_`<>|]/g, '\\$&')
  return `[${label}](${SOURCE_SCHEME}${encodePath(range.path)}${rangeFragment(range)})`
}

/** The range a citation's link target names, or null when it is not a citation. */
export function parseCitation(href: string): SourceRange | null {
  if (!href.startsWith(SOURCE_SCHEME)) return null
  const match = /^([^#]+)#L(\d+)(?:-L(\d+))?$/.exec(href.slice(SOURCE_SCHEME.length))
  if (!match?.[1] || !match[2]) return null
  const start = Number(match[2])
  try {
    return { path: decodeURIComponent(match[1]), start, end: match[3] ? Number(match[3]) : start }
  } catch {
    return null
  }
}

const LINK_START = `](${SOURCE_SCHEME}`

/** Files that the citations of a page name, each once. Pages have hundreds of citations of few files: only those are decoded. */
export function citedFiles(markdown: string): Set<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  for (let at = markdown.indexOf(LINK_START); at >= 0; at = markdown.indexOf(LINK_START, at + 1)) {
    const end = markdown.indexOf(')', at)
    const target = end < 0 ? '' : markdown.slice(at + 2, end)
    const path = target.slice(0, target.indexOf('#'))
    const range = seen.has(path) || /\s/.test(target) ? null : parseCitation(target)
    if (!range) continue
    seen.add(path)
    found.add(range.path)
  }
  return found
}

const known = new WeakMap<object, ReadonlySet<string>>()

/** As `citedFiles`, of a page that several parts of a run ask about: its text is read once. */
export function filesCitedBy(page: { readonly markdown: string }): ReadonlySet<string> {
  const files = known.get(page) ?? citedFiles(page.markdown)
  known.set(page, files)
  return files
}

/** URL path of a file in a repository, each segment percent-encoded. */
export const encodeRepositoryPath = encodePath
