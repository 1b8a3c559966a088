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

/** A note that is named more often leads back to the first places only. */
const MOST_BACK_LINKS = 20

/** The footnotes of a page, numbered in the order in which the text names them. */
export class Footnotes {
  private readonly notes = new Map<FootnoteText, Numbered>()

  /** The number in the text, as a link to the note. */
  mark({ note }: FootnoteMark): Html {
    const known = this.notes.get(note) ?? { number: this.notes.size + 1, note, marks: 0 }
    this.notes.set(note, known)
    known.marks += 1
    const id = markId(known.number, known.marks)
    return html`<sup class="footnote-mark"><a id="${id}" href="#docsfy.note-${known.number}" aria-label="Footnote ${known.number}">${known.number}</a></sup>`
  }

  /** The list of notes that goes below the text; null when the text names none. */
  list(parser: Parser): Html | null {
    const items: Html[] = []
    // A note can name further notes while it is laid out.
    for (const { number, note, marks } of this.notes.values()) {
      const text = parser.parse(note.tokens)
      items.push(html`<li id="docsfy.note-${number}">
${trusted(text)}${Array.from({ length: Math.min(marks, MOST_BACK_LINKS) }, (_, at) => backLink(number, at + 1))}</li>
`)
    }
    if (items.length === 0) return null
    return html`<div class="footnotes" role="group" aria-label="Footnotes"><ol>
${items}</ol></div>
`
  }
}

function markId(note: number, place: number): string {
  return place === 1 ? `docsfy.mark-${note}` : `docsfy.mark-${note}-${place}`
}

/** From a note to a place in the text that names it. */
function backLink(note: number, place: number): Html {
  const label = `Back to the text of footnote ${note}${place === 1 ? '' : `, place ${place}`}`
  const count = place === 1 ? null : html`<sup>${place}</sup>`
  return html`${place === 1 ? null : ' '}<a class="footnote-back" href="#${markId(note, place)}" aria-label="${label}">↩${count}</a>`
}
