/** What the line that opens a block of code says about it. */
export interface CodeInfo {
  language: string
  title: string | null
  /** Label of a tab: `[npm]`. */
  tab: string | null
  /** Lines to point out, 1-based. */
  marked: Set<number>
  /** Number of the first line; null when lines are not numbered. */
  firstLine: number | null
}

const MAX_INFO_CHARS = 500
const MAX_LINE = 5000

/** Reads an info string such as `ts title="main.ts" {2,4-6} numbers=10` or `sh [npm]`. What it does not know, it leaves out. */
export function readCodeInfo(text: string): CodeInfo {
  const info = text.slice(0, MAX_INFO_CHARS)
  const language = /^[^\s{[]*/.exec(info)?.[0] ?? ''
  const rest = info.slice(language.length)
  const [, double, single] = /\btitle=(?:"([^"]*)"|'([^']*)')/.exec(rest) ?? []
  const plain = rest.replace(/"[^"]*"|'[^']*'/g, '')
  const numbers = /(?:^|\s)(?:numbers|showLineNumbers|linenums|line-numbers)(?:=(\d{1,6}))?(?=\s|$)/.exec(plain)
  return {
    language,
    title: (double ?? single)?.trim() || null,
    tab: /\[([^\]]{1,80})\]/.exec(plain)?.[1]?.trim() || null,
    marked: linesOf(/\{([\d,\s-]{1,200})\}/.exec(plain)?.[1] ?? ''),
    firstLine: numbers ? Number(numbers[1] ?? 1) : null,
  }
}

function linesOf(text: string): Set<number> {
  const lines = new Set<number>()
  for (const [, from, to = from] of text.matchAll(/(\d{1,6})(?:\s*-\s*(\d{1,6}))?/g))
    for (let line = Number(from); line <= Math.min(Number(to), MAX_LINE); line += 1) lines.add(line)
  return lines
}
