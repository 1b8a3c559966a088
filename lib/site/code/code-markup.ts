/** What closes an element of code. */
const CLOSE = '</i>'
const REFERENCES: Record<number, string> = { 34: '&quot;', 38: '&amp;', 39: '&#x27;', 60: '&lt;', 62: '&gt;' }

/**
 * Classes of `code-colours.css` by scopes of highlight.js, whole or by their first word. The other scopes look like what is around
 * them and have no element: on a page full of signatures, markup is most of what a reader loads.
 */
const CLASSES: Record<string, string> = {
  addition: 's',
  attr: 'f',
  attribute: 'f',
  built_in: 'k',
  bullet: 's',
  class: 't',
  code: 's',
  comment: 'c',
  deletion: 'k',
  emphasis: 'e',
  keyword: 'k',
  link: 'n',
  literal: 'n',
  meta: 't',
  'meta.prompt': 'c',
  name: 'f',
  number: 'n',
  operator: 'k',
  quote: 'c',
  regexp: 's',
  section: 'f',
  'selector-class': 'f',
  'selector-id': 'f',
  'selector-pseudo': 'f',
  'selector-tag': 'k',
  string: 's',
  strong: 'b',
  subst: 'x',
  symbol: 'n',
  'template-tag': 's',
  'template-variable': 'n',
  title: 'f',
  'title.class': 't',
  'title.class.inherited': 't',
  type: 't',
  variable: 'n',
}
/** Built-in names are types where parameters are declared, and words of the language elsewhere. */
const TYPE = '<i class="t">'
const PARAMETERS = 'params'
const openings = new Map<string, string>()

/** Writes code as markup while it is read: text is escaped, and what has a colour of its own is an element. */
export class CodeMarkup {
  private markup = ''
  /** Of each scope that is open: its tag, nothing where it has none, or PARAMETERS. */
  private readonly tags: string[] = []
  private parameters = 0

  text(text: string): void {
    this.markup += escaped(text)
  }

  /** One word of a scope such as `title.function`; nothing where there is no text. */
  word(text: string, scope: string): void {
    if (text === '') return
    const tag = this.tagOf(scope)
    this.markup += tag === '' ? escaped(text) : tag + escaped(text) + CLOSE
  }

  open(scope: string): void {
    if (scope === PARAMETERS) {
      this.parameters += 1
      this.tags.push(PARAMETERS)
      return
    }
    const tag = this.tagOf(scope)
    this.markup += tag
    this.tags.push(tag)
  }

  close(): void {
    const tag = this.tags.pop()
    if (tag === PARAMETERS) this.parameters -= 1
    else if (tag) this.markup += CLOSE
  }

  /** Code of another language, as it was marked. */
  inside(markup: string): void {
    this.markup += markup
  }

  /** Closes what is open. */
  end(): string {
    while (this.tags.length > 0) this.close()
    return this.markup
  }

  private tagOf(scope: string): string {
    if (scope === 'built_in' && this.parameters > 0) return TYPE
    return openings.get(scope) ?? opening(scope)
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

function opening(scope: string): string {
  const name = CLASSES[scope] ?? CLASSES[scope.split('.')[0] ?? '']
  const made = name === undefined ? '' : `<i class="${name}">`
  openings.set(scope, made)
  return made
}
