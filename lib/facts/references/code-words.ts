/** How a language writes what is no code: comments and texts. */
export interface LexicalRules {
  /** What begins a comment that ends with its line. */
  lineComments: string[]
  /** C's comments between slash and star. */
  blockComments: boolean
  /** Quotes of texts that end with their line. */
  quotes: string
  /** Quotes of texts that may go over lines. */
  longQuotes: string
  /** Three quotes begin a text that goes over lines. */
  tripleQuotes: boolean
  /** Back quotes hold text with code between `${` and `}`; slashes hold regular expressions. */
  isJavascript: boolean
  /** A single quote that no other follows begins a name, as lifetimes do. */
  hasLifetimes: boolean
}

/** Words of code in the order they stand in: where each begins and ends, and its line. */
export interface CodeWords {
  count: number
  starts: Int32Array
  ends: Int32Array
  lines: Int32Array
}

const NEWLINE = 10
const QUOTE = 39
const STAR = 42
const SLASH = 47
const BACKSLASH = 92
const BACKQUOTE = 96
const OPEN = 123
const CLOSE = 125

/** 1: may begin a word, 2: may continue one, 0: neither. What lies beyond ASCII is a letter. */
const CLASSES = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code)
  CLASSES[code] = /[A-Za-z_$]/.test(char) ? 1 : /\d/.test(char) ? 2 : 0
}

/** Finds the words of a text that are code: one pass, no tree. What it cannot understand it reads as code. */
export function codeWords(content: string, rules: LexicalRules): CodeWords {
  return new Lexer(content, rules).read()
}

class Lexer {
  private readonly content: string
  private readonly rules: LexicalRules
  private readonly commentStarts: Uint8Array
  private readonly quoteKinds: Uint8Array
  private starts = new Int32Array(256)
  private ends = new Int32Array(256)
  private lines = new Int32Array(256)
  private count = 0
  private at = 0
  private line = 1
  /** Last character of code that is no space: tells a regular expression from a division. */
  private last = 0
  /** Depth of braces in each `${` that is open. */
  private readonly templates: number[] = []

  constructor(content: string, rules: LexicalRules) {
    this.content = content
    this.rules = rules
    this.commentStarts = flagsOf(
      rules.lineComments.map((start) => start.charAt(0)).join('') + (rules.blockComments ? '/' : ''),
    )
    this.quoteKinds = flagsOf(rules.quotes + rules.longQuotes)
  }

  read(): CodeWords {
    const { content } = this
    while (this.at < content.length) {
      const code = content.charCodeAt(this.at)
      const kind = code < 128 ? CLASSES[code] : 1
      if (kind === 1) this.word()
      else if (kind === 2) this.skipNumber()
      else if (code <= 32) {
        if (code === NEWLINE) this.line += 1
        this.at += 1
      } else this.sign(code)
    }
    return { count: this.count, starts: this.starts, ends: this.ends, lines: this.lines }
  }

  private word(): void {
    const { content, count } = this
    const start = this.at
    this.skipNumber()
    if (count === this.starts.length) this.grow()
    this.starts[count] = start
    this.ends[count] = this.at
    this.lines[count] = this.line
    this.count += 1
    this.last = content.charCodeAt(this.at - 1)
  }

  private grow(): void {
    const grown = (old: Int32Array) => {
      const next = new Int32Array(old.length * 2)
      next.set(old)
      return next
    }
    this.starts = grown(this.starts)
    this.ends = grown(this.ends)
    this.lines = grown(this.lines)
  }

  private skipNumber(): void {
    const { content } = this
    while (this.at < content.length) {
      const code = content.charCodeAt(this.at)
      if (code < 128 && CLASSES[code] === 0) break
      this.at += 1
    }
    this.last = 48
  }

  private sign(code: number): void {
    if (code < 128 && this.commentStarts[code] && this.comment(code)) return
    if (code < 128 && this.quoteKinds[code]) {
      this.text(code)
      return
    }
    if (this.rules.isJavascript && this.javascriptSign(code)) return
    this.last = code
    this.at += 1
  }

  private comment(code: number): boolean {
    const { content, at, rules } = this
    if (rules.lineComments.some((start) => content.startsWith(start, at)) && !(code === 35 && this.isInsideWord())) {
      const end = content.indexOf('\n', at)
      this.at = end === -1 ? content.length : end
      return true
    }
    if (!rules.blockComments || content.charCodeAt(at + 1) !== STAR || code !== SLASH) return false
    this.skipTo('*/', at + 2)
    return true
  }

  /** `$#`, `${#name}` and `a#b` of shells and Ruby are no comments. */
  private isInsideWord(): boolean {
    const before = this.at === 0 ? NEWLINE : this.content.charCodeAt(this.at - 1)
    return before === 36 || before === OPEN || (before > 32 && before < 128 && CLASSES[before] !== 0)
  }

  private text(code: number): void {
    const { content, rules } = this
    const quote = String.fromCharCode(code)
    if (rules.hasLifetimes && code === QUOTE && !this.isCharacter()) {
      this.at += 1
      this.skipNumber()
      return
    }
    this.last = code
    if (rules.tripleQuotes && content.startsWith(quote + quote + quote, this.at)) {
      this.skipTo(quote + quote + quote, this.at + 3)
      return
    }
    const raw = quote === '"' ? this.rawEnd() : null
    if (raw !== null) {
      this.skipTo(raw, this.at + 1)
      return
    }
    this.plainText(code, quote)
  }

  private plainText(code: number, quote: string): void {
    const { content, rules } = this
    const isVerbatim = quote === '"' && content.charAt(this.at - 1) === '@'
    const isLong = isVerbatim || rules.longQuotes.includes(quote)
    for (let at = this.at + 1; at < content.length; at += 1) {
      const next = content.charCodeAt(at)
      if (next === NEWLINE) {
        if (!isLong) {
          this.at = at
          return
        }
        this.line += 1
      } else if (next === BACKSLASH && !isVerbatim) {
        at += 1
        if (content.charCodeAt(at) === NEWLINE) this.line += 1
      } else if (next === code) {
        this.at = at + 1
        return
      }
    }
    this.at = content.length
  }

  /** What ends a raw text of Rust (`r#"…"#`) or C++ (`R"(…)"`); null when none begins here. */
  private rawEnd(): string | null {
    const { content, at } = this
    const rust = this.rules.hasLifetimes ? /(?<![\w"])b?r(#*)$/.exec(content.slice(Math.max(0, at - 8), at)) : null
    if (rust) return `"${rust[1] ?? ''}`
    if (content.charAt(at - 1) !== 'R') return null
    const delimiter = /^"([^\s()\\]{0,16})\(/.exec(content.slice(at, at + 20))
    return delimiter ? `)${delimiter[1] ?? ''}"` : null
  }

  private isCharacter(): boolean {
    const { content, at } = this
    return content.charCodeAt(at + 1) === BACKSLASH || content.charCodeAt(at + 2) === QUOTE
  }

  private javascriptSign(code: number): boolean {
    const depth = this.templates.length - 1
    if (code === BACKQUOTE) {
      this.template()
      return true
    }
    if (code === OPEN && depth >= 0) this.templates[depth] = (this.templates[depth] ?? 0) + 1
    if (code === CLOSE && depth >= 0) {
      if (this.templates[depth] === 0) {
        this.templates.pop()
        this.template()
        return true
      }
      this.templates[depth] = (this.templates[depth] ?? 1) - 1
    }
    return code === SLASH && this.mayBeginExpression() && this.regularExpression()
  }

  /** Skips the text of a template up to its end or to the code in it. */
  private template(): void {
    const { content } = this
    for (let at = this.at + 1; at < content.length; at += 1) {
      const code = content.charCodeAt(at)
      if (code === BACKSLASH && content.charCodeAt(at + 1) !== NEWLINE) at += 1
      else if (code === NEWLINE) this.line += 1
      else if (code === BACKQUOTE || (code === 36 && content.charCodeAt(at + 1) === OPEN)) {
        this.at = code === BACKQUOTE ? at + 1 : at + 2
        this.last = code
        if (code !== BACKQUOTE) this.templates.push(0)
        return
      }
    }
    this.at = content.length
  }

  private mayBeginExpression(): boolean {
    const before = String.fromCharCode(this.last)
    if (before === '>') return /=>\s*$/.test(this.content.slice(Math.max(0, this.at - 4), this.at))
    if (/\w/.test(before))
      return /\b(?:return|typeof|case|in|of)\s+$/.test(this.content.slice(Math.max(0, this.at - 8), this.at))
    return this.last === 0 || '(,=:[!&|?{;+-*%~^'.includes(before)
  }

  private regularExpression(): boolean {
    const { content } = this
    let isInClass = false
    for (let at = this.at + 1; at < content.length; at += 1) {
      const char = content.charAt(at)
      if (char === '\n') return false
      if (char === '\\') at += 1
      else if (char === '[') isInClass = true
      else if (char === ']') isInClass = false
      else if (char === '/' && !isInClass) {
        this.at = at + 1
        this.skipNumber()
        return true
      }
    }
    return false
  }

  private skipTo(end: string, from: number): void {
    const found = this.content.indexOf(end, from)
    const stop = found === -1 ? this.content.length : found + end.length
    for (let at = this.content.indexOf('\n', this.at); at !== -1 && at < stop; at = this.content.indexOf('\n', at + 1))
      this.line += 1
    this.at = stop
  }
}

function flagsOf(chars: string): Uint8Array {
  const flags = new Uint8Array(128)
  for (const char of chars) flags[char.charCodeAt(0)] = 1
  return flags
}

const C_LIKE: LexicalRules = {
  lineComments: ['//'],
  blockComments: true,
  quotes: '"\'',
  longQuotes: '',
  tripleQuotes: false,
  isJavascript: false,
  hasLifetimes: false,
}
const JAVASCRIPT = { ...C_LIKE, isJavascript: true }
const HASH = { ...C_LIKE, lineComments: ['#'], blockComments: false }

const RULES: Record<string, LexicalRules> = {
  typescript: JAVASCRIPT,
  tsx: JAVASCRIPT,
  python: { ...HASH, tripleQuotes: true },
  go: { ...C_LIKE, longQuotes: '`' },
  rust: { ...C_LIKE, quotes: "'", longQuotes: '"', hasLifetimes: true },
  java: { ...C_LIKE, tripleQuotes: true },
  ruby: { ...HASH, quotes: '', longQuotes: '"\'' },
  php: { ...C_LIKE, lineComments: ['//', '#'], quotes: '', longQuotes: '"\'' },
  bash: { ...HASH, quotes: '', longQuotes: '"\'' },
  elixir: { ...HASH, tripleQuotes: true },
  lua: { ...C_LIKE, lineComments: ['--'], blockComments: false },
  kotlin: { ...C_LIKE, tripleQuotes: true },
  scala: { ...C_LIKE, tripleQuotes: true, hasLifetimes: true },
  swift: { ...C_LIKE, tripleQuotes: true },
}

/** The lexical rules of a grammar; C's when it has none of its own. */
export function rulesOf(grammar: string): LexicalRules {
  return RULES[grammar] ?? C_LIKE
}
