import { decodeHTMLStrict } from 'entities/decode'

/** Markup that is known to be safe. Only `html` and `trusted` make it, so that plain text can never be mistaken for it. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | null | undefined | false | Part[]

/** Template tag: every value is escaped unless it is Html; null, undefined and false write nothing; arrays are joined. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  let out = strings[0] ?? ''
  // Called for every element of every page: an iterator over the values takes twice as long.
  for (let index = 0; index < values.length; index += 1) out += textOf(values[index]) + (strings[index + 1] ?? '')
  return new Html(out)
}

/** Marks markup made elsewhere in lib/site as safe. Never call it with text that came from a repository or a writer. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const SPECIAL = /[&<>"']|[^\P{Cc}\t\n\f]/u
const REFERENCE = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/g

const UNCLEAN = /[^\P{Cc}\t\n\f]/u

/** Escapes text for element content and for quoted attributes; control characters that HTML forbids become U+FFFD. */
export function escapeHtml(text: string): string {
  // Most texts are short names without any: to look first takes a third of the time.
  return SPECIAL.test(text) ? cleanText(text).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char) : text
}

/** As escapeHtml, but for prose of Markdown, where `&copy;` means ©. */
export function escapeProse(text: string): string {
  return escapeHtml(decodeEntities(text))
}

/** Decodes the character references Markdown knows: those of HTML that end in a semicolon and have few enough digits. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, (reference) => decodeHTMLStrict(reference)) : text
}

/** Control characters that HTML forbids become U+FFFD; line ends become `\n`. */
export function cleanText(text: string): string {
  return UNCLEAN.test(text) ? text.replace(/[^\P{Cc}\t\n\f\r]/gu, '\ufffd').replace(/\r\n?/g, '\n') : text
}

function textOf(value: Part): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(textOf).join('')
  return value === null || value === undefined || value === false ? '' : escapeHtml(String(value))
}
