import type { Parser, Token, Tokens } from 'marked'
import { type Html, html, trusted } from '#lib/site/html.ts'

/** `[^label]: text`, below the text or between its paragraphs. */
export interface FootnoteText extends Tokens.Generic {
  type: 'footnote_text'
  label: string
  tokens: Token[]
}

/** `[^label]` in a text that has a footnote of that label. */
export interface FootnoteMark extends Tokens.Generic {
  type: 'footnote_mark'
  note: FootnoteText
}

interface Numbered {
  number: number
  note: FootnoteText
  marks: number
}

const OPENING = /^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*/

/** The label and text of a footnote at the start of `source`, and how much of it that is; null when there is none. */
export function readFootnote(source: string): { label: string; text: string; raw: string } | null {
  const opening = OPENING.exec(source)
  if (!opening) return null
  const lines = source.split('\n', 400)
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

/** The footnotes of a page, numbered in the order in which the text names them. */
export class Footnotes {
  private readonly notes = new Map<FootnoteText, Numbered>()

  /** The number in the text, as a link to the note. */
  mark({ note }: FootnoteMark): Html {
    const known = this.notes.get(note) ?? { number: this.notes.size + 1, note, marks: 0 }
    this.notes.set(note, known)
    known.marks += 1
    const id = known.marks === 1 ? `docsfy.mark-${known.number}` : `docsfy.mark-${known.number}-${known.marks}`
    return html`<sup class="footnote-mark"><a id="${id}" href="#docsfy.note-${known.number}" aria-label="Footnote ${known.number}">${known.number}</a></sup>`
  }

  /** The list of notes that goes below the text; null when the text names none. */
  list(parser: Parser): Html | null {
    const items: Html[] = []
    // A note can name further notes while it is laid out.
    for (const { number, note } of this.notes.values())
      items.push(html`<li id="docsfy.note-${number}">
${trusted(parser.parse(note.tokens))}<a class="footnote-back" href="#docsfy.mark-${number}" aria-label="Back to the text of footnote ${number}">↩</a></li>
`)
    if (items.length === 0) return null
    return html`<div class="footnotes" role="group" aria-label="Footnotes"><ol>
${items}</ol></div>
`
  }
}
