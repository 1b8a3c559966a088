/** What closes an element of code. */
const CLOSE = '</span>'
const REFERENCES: Record<number, string> = { 34: '&quot;', 38: '&amp;', 39: '&#x27;', 60: '&lt;', 62: '&gt;' }
const openings = new Map<string, string>()

/** Writes code as markup while it is read: text is escaped, and elements have the classes of highlight.js. */
export class CodeMarkup {
  private markup = ''
  private depth = 0

  text(text: string): void {
    this.markup += escaped(text)
  }

  /** One word of a scope such as `title.function`; nothing where there is no text. */
  word(text: string, scope: string): void {
    if (text !== '') this.markup += opening(scope) + escaped(text) + CLOSE
  }

  open(scope: string): void {
    this.markup += opening(scope)
    this.depth += 1
  }

  close(): void {
    if (this.depth === 0) return
    this.markup += CLOSE
    this.depth -= 1
  }

  /** Code of another language, as it was marked; `language` is null where nobody knows which it is. */
  inside(markup: string, language: string | null): void {
    this.markup += language === null ? markup : `<span class="language-${language}">${markup}${CLOSE}`
  }

  /** Closes what is open. */
  end(): string {
    while (this.depth > 0) this.close()
    return this.markup
  }
}

/** Escapes as highlight.js does. Pieces of code are short: a loop over them is faster than a pattern. */
export function escaped(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const reference = REFERENCES[text.charCodeAt(at)]
    if (reference === undefined) continue
    out += text.slice(from, at) + reference
    from = at + 1
  }
  return from === 0 ? text : out + text.slice(from)
}

/** `title.class.inherited` is of the classes `hljs-title class_ inherited__`. */
function opening(scope: string): string {
  const known = openings.get(scope)
  if (known !== undefined) return known
  const [first = '', ...others] = scope.split('.')
  const classes = [`hljs-${first}`, ...others.map((name, index) => name + '_'.repeat(index + 1))]
  const made = `<span class="${classes.join(' ')}">`
  openings.set(scope, made)
  return made
}
