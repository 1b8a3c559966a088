/** A value of Python as far as it is written out; `at` is where it begins. */
export type Literal =
  | { kind: 'text'; text: string; at: number }
  | { kind: 'list'; items: Literal[]; at: number }
  | { kind: 'dict'; entries: [key: Literal, value: Literal][]; at: number }
  /** What would have to be run to be known. */
  | { kind: 'unknown'; at: number }

const MAX_DEPTH = 12

const STRING =
  /[^\S\n]*([rRbBuU]{0,2})(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/y

/** Arguments by name of the first call of a function in a text of Python; null when there is none. */
export function calledWithKeywords(text: string, name: string): Map<string, Literal> | null {
  const call = new RegExp(`^(?:[\\w.]+\\s*=\\s*)?(?:\\w+\\.)?${name}\\s*\\(`, 'm').exec(text)
  if (!call) return null
  const reader = new Reader(text, call.index + call[0].length, 0)
  const found = new Map<string, Literal>()
  for (const { key, value } of reader.keywords()) {
    // `**shared` stands for the entries of a dictionary.
    if (key !== '') found.set(key, value)
    else if (value.kind === 'dict')
      for (const [named, given] of value.entries) if (named.kind === 'text') found.set(named.text, given)
  }
  return found
}

/** Reads literals; names are followed to what the module sets them to. */
class Reader {
  private readonly text: string
  private at: number
  private readonly depth: number
  /** No bracket is open: a line break ends the value. */
  private isOneLine = false

  constructor(text: string, at: number, depth: number) {
    this.text = text
    this.at = at
    this.depth = depth
  }

  keywords(): { key: string; value: Literal }[] {
    const found: { key: string; value: Literal }[] = []
    while (!this.isAtEnd()) {
      const key = this.taken(/\s*(\w+)\s*=(?!=)|\s*\*\*/y)
      const value = this.value()
      if (key) found.push({ key: key[1] ?? '', value })
      if (!this.taken(/\s*,/y)) break
    }
    return found
  }

  value(): Literal {
    let value = this.single()
    while (this.taken(/\s*\+(?!=)/y)) value = joined(value, this.single())
    // A call, a member, an operator: the value is what comes out of it.
    if (/[^\s,)\]}:]/.test(this.peek()) && !this.isAtEnd()) {
      this.skip()
      return { kind: 'unknown', at: value.at }
    }
    return value
  }

  private single(): Literal {
    this.space()
    const { at } = this
    const open = this.text[at] ?? ''
    if (this.depth > MAX_DEPTH) return this.unknown()
    if (/["'\w]/.test(open)) return this.string() ?? this.named()
    if (open === '[' || open === '(' || open === '{') {
      this.at += 1
      return open === '{' ? this.dict(at) : this.list(at, open === '[')
    }
    return this.unknown()
  }

  private unknown(): Literal {
    const { at } = this
    this.skip()
    return { kind: 'unknown', at }
  }

  /** Texts that stand one behind the other are one; what is put into a text while it runs is not known. */
  private string(): Literal | null {
    const { at } = this
    let text: string | null = null
    for (;;) {
      const { at: before } = this
      if (!this.isOneLine) this.space()
      const match = this.taken(STRING)
      if (!match) {
        this.at = before
        break
      }
      const written = match[2] ?? match[3] ?? match[4] ?? match[5] ?? ''
      text = (text ?? '') + (/r/i.test(match[1] ?? '') ? written : unescaped(written))
    }
    return text === null ? null : { kind: 'text', text, at }
  }

  /** A name that the module sets once to something written out. */
  private named(): Literal {
    const { at } = this
    const name = this.taken(/([A-Za-z_]\w*)(?!\w|\s*[.([]|["'])/y)?.[1]
    if (!name) return this.unknown()
    const set = Array.from(this.text.matchAll(new RegExp(`^${name}\\s*(?::[^=\\n]+)?=(?!=)`, 'gm')))
    const [first] = set
    if (
      !first ||
      set.length > 1 ||
      new RegExp(`^\\s*${name}(?:\\s*\\+=|\\.(?:append|extend|update)|\\[)`, 'm').test(this.text)
    )
      return { kind: 'unknown', at }
    return new Reader(this.text, first.index + first[0].length, this.depth + 4).valueOfLine()
  }

  /** A value at the margin ends with its line, unless brackets are open. */
  valueOfLine(): Literal {
    this.isOneLine = true
    this.taken(/[^\S\n]*/y)
    const value = this.single()
    return /[^\s#;]/.test(/[^\S\n]*(\S?)/.exec(this.text.slice(this.at))?.[1] ?? '')
      ? { kind: 'unknown', at: value.at }
      : value
  }

  private list(at: number, isList: boolean): Literal {
    const inner = new Reader(this.text, this.at, this.depth + 1)
    const items: Literal[] = []
    let commas = 0
    while (!inner.isAtEnd()) {
      items.push(inner.value())
      if (!inner.taken(/\s*,/y)) break
      commas += 1
    }
    this.closeBehind(inner)
    const [only] = items
    // Brackets around one value only hold it together.
    return !isList && commas === 0 && only ? only : { kind: 'list', items, at }
  }

  private dict(at: number): Literal {
    const inner = new Reader(this.text, this.at, this.depth + 1)
    const entries: [Literal, Literal][] = []
    while (!inner.isAtEnd()) {
      const key = inner.value()
      if (!inner.taken(/\s*:/y)) break
      entries.push([key, inner.value()])
      if (!inner.taken(/\s*,/y)) break
    }
    this.closeBehind(inner)
    return { kind: 'dict', entries, at }
  }

  private closeBehind(inner: Reader): void {
    inner.space()
    if (!/[\])}]/.test(this.text[inner.at] ?? '')) inner.skipTo(/[\])}]/)
    this.at = inner.at + 1
  }

  /** Up to the comma or bracket that ends this value. */
  private skip(): void {
    this.skipTo(/[,\])}]/)
  }

  private skipTo(end: RegExp): void {
    let open = 0
    while (this.at < this.text.length) {
      if (this.taken(/#[^\n]*|[fF]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y))
        continue
      const char = this.text[this.at] ?? ''
      if (open === 0 && end.test(char)) return
      if (/[[({]/.test(char)) open += 1
      if (/[\])}]/.test(char)) open -= 1
      this.at += 1
    }
  }

  private isAtEnd(): boolean {
    this.space()
    return this.at >= this.text.length || /[\])}]/.test(this.text[this.at] ?? '')
  }

  private peek(): string {
    this.space()
    return this.text[this.at] ?? ''
  }

  private space(): void {
    this.taken(/(?:\s|#[^\n]*|\\\n)*/y)
  }

  private taken(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at += match[0].length
    return match
  }
}

function joined(left: Literal, right: Literal): Literal {
  if (left.kind === 'text' && right.kind === 'text') return { ...left, text: left.text + right.text }
  if (left.kind === 'list' && right.kind === 'list') return { ...left, items: [...left.items, ...right.items] }
  return { kind: 'unknown', at: left.at }
}

function unescaped(text: string): string {
  return text.replace(/\\(\n|[nt'"\\])/g, (_, char: string) =>
    char === 'n' ? '\n' : char === 't' ? '\t' : char.trim(),
  )
}
