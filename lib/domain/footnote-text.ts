/** A footnote as it is written: `[^label]: text`. */
export interface FootnoteSource {
  label: string
  text: string
  raw: string
}

const OPENING = /^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*/
const MOST_LINES = 400

/** The label and text of a footnote at the start of `source`, and how much of it that is; null when there is none. */
export function readFootnote(source: string): FootnoteSource | null {
  const opening = OPENING.exec(source)
  if (!opening) return null
  const lines = source.split('\n', MOST_LINES)
  let end = 1
  for (let line = 1; line < lines.length; line += 1) {
    const text = lines[line] ?? ''
    const isIndented = /^(?: {2,}|\t)/.test(text)
    const isContinued = text.trim() !== '' && !OPENING.test(text) && line === end
    if (text.trim() !== '' && !isIndented && !isContinued) break
    if (text.trim() !== '') end = line + 1
  }
  const own = lines.slice(0, end)
  const raw = `${own.join('\n')}${end < lines.length ? '\n' : ''}`
  const rest = own.slice(1).map((text) => text.replace(/^(?: {1,4}|\t)/, ''))
  return { label: opening[1] ?? '', text: [own[0]?.slice(opening[0].length) ?? '', ...rest].join('\n'), raw }
}
