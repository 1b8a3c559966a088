import type { CodeWords } from './code-words.ts'
import { NEW, WordIds } from './word-ids.ts'

/** Languages in which `@Name(…)` is a remark about what follows. */
const ANNOTATES = /^(?:java|kotlin|scala|swift|php)$/

/** Words of the shell that a command stands behind. */
const COMMAND_FOLLOWS = /^(?:then|do|else|elif|if|while|until|time|eval|exec|command|builtin|trap)$/

const SPACE = 32
const EXCLAMATION = 33
const DOLLAR = 36
const OPEN_PARENTHESIS = 40
const MINUS = 45
const DOT = 46
const COLON = 58
const LESS = 60
const EQUALS = 61
const GREATER = 62
const QUESTION = 63
const AT = 64
const UNDERSCORE = 95
const BACKQUOTE = 96
const OPEN_BRACE = 123

/** Words of one file with what stands around them. */
export class WordReader {
  readonly content: string
  readonly words: CodeWords
  readonly grammar: string
  private readonly known: WordIds
  /** The word that was looked behind or before last, and what was found there. */
  private last = { behind: -1, behindIndex: 0, before: -1, beforeIndex: 0 }

  constructor(content: string, words: CodeWords, grammar: string) {
    this.content = content
    this.words = words
    this.grammar = grammar
    const isMarked = (end: number) => /^[?!](?![=~])/.test(content.slice(end, end + 2))
    this.known = new WordIds(content, words, grammar === 'ruby' ? isMarked : () => false)
  }

  /** How many different words there are. */
  get size(): number {
    return this.known.texts.length
  }

  /** Number of a word, the same wherever it stands. */
  idOf(at: number): number {
    return this.known.ids[at] ?? 0
  }

  text(at: number): string {
    return this.known.texts[this.idOf(at)] ?? ''
  }

  /** What is known of a word by itself: see `word-ids.ts`. */
  kindOf(at: number): number {
    return this.known.kinds[this.idOf(at)] ?? 0
  }

  lineAt(at: number): number {
    return this.words.lines[at] ?? 0
  }

  /** Line of the first word at or behind a place in the text. */
  lineOf(index: number): number {
    let low = 0
    let high = this.words.count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.words.starts[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    return this.lineAt(low)
  }

  /** Where the first character behind a word stands that is no space. */
  behind(at: number): number {
    const { last, content } = this
    if (last.behind === at) return last.behindIndex
    let index = this.words.ends[at] ?? 0
    while (index < content.length && content.charCodeAt(index) <= SPACE) index += 1
    last.behind = at
    last.behindIndex = index
    return index
  }

  /** That character's code; NaN at the end of the text. */
  codeBehind(at: number): number {
    return this.content.charCodeAt(this.behind(at))
  }

  /** Where the last character in front of a word stands that is no space; -1 when there is none. */
  before(at: number): number {
    const { last, content } = this
    if (last.before === at) return last.beforeIndex
    let index = (this.words.starts[at] ?? 0) - 1
    while (index >= 0 && content.charCodeAt(index) <= SPACE) index -= 1
    last.before = at
    last.beforeIndex = index
    return index
  }

  /** That character's code; NaN at the beginning of the text. */
  codeBefore(at: number): number {
    return this.content.charCodeAt(this.before(at))
  }

  /** The word right in front, with nothing but spaces between; empty when there is something else. */
  wordBefore(at: number): string {
    return this.isBehindWord(at) ? this.text(at - 1) : ''
  }

  /** What is known of that word; 0 when there is none. */
  kindBefore(at: number): number {
    return this.isBehindWord(at) ? this.kindOf(at - 1) : 0
  }

  private isBehindWord(at: number): boolean {
    return at > 0 && this.before(at) === (this.words.ends[at - 1] ?? 0) - 1
  }

  /** Index of the word in front of the dot, -1 when that is no single word, null when there is no dot. */
  qualifierOf(at: number): number | null {
    const { content } = this
    const index = this.before(at)
    const code = content.charCodeAt(index)
    if (code !== DOT && code !== GREATER && code !== COLON) return null
    const first = content.charCodeAt(index - 1)
    let end = index - 2
    if (code === DOT) end = first === QUESTION || first === DOT ? index - 2 : index - 1
    // Lua calls methods behind a single colon.
    else if (code === COLON && this.grammar === 'lua') end = index - (first === COLON ? 2 : 1)
    else if (first !== (code === GREATER ? MINUS : COLON)) return null
    if (code === DOT && content.startsWith('...', index - 2)) return null
    while (end >= 0 && content.charCodeAt(end) <= SPACE) end -= 1
    return at > 0 && (this.words.ends[at - 1] ?? 0) - 1 === end ? at - 1 : -1
  }

  /** The word in front of the qualifier's own dot. */
  qualifierText(at: number): string | null {
    const own = this.qualifierOf(at)
    return own !== null && own >= 0 ? this.text(own) : null
  }

  isFollowedByWord(at: number): boolean {
    const code = this.codeBehind(at)
    if (code < 128) return code === UNDERSCORE || code === DOLLAR || ((code | 32) >= 97 && (code | 32) <= 122)
    return /\p{L}/u.test(this.content.charAt(this.behind(at)))
  }

  isQualifier(at: number): boolean {
    const code = this.codeBehind(at)
    return code === DOT || (code === COLON && this.content.charCodeAt(this.behind(at) + 1) === COLON)
  }

  isCalled(at: number): boolean {
    const index = this.behind(at)
    const code = this.codeBehind(at)
    if (code === OPEN_PARENTHESIS) return !(this.codeBefore(at) === AT && ANNOTATES.test(this.grammar))
    if (code === EXCLAMATION && this.grammar === 'rust') return /^!\s*[([{]/.test(this.content.slice(index, index + 4))
    if (code === BACKQUOTE) return this.grammar === 'typescript' || this.grammar === 'tsx'
    if (this.grammar === 'bash') return this.isCommand(at)
    if (code === LESS || code === COLON)
      return /^(?:::)?<[^<>()]{1,80}(?:<[^<>()]{0,60}>[^<>()]{0,20})?>\s*\(/.test(
        this.content.slice(index, index + 200),
      )
    return false
  }

  /** Shell: the first word of a command; behind it stand arguments, before `)` alone on a line the pattern of a case. */
  private isCommand(at: number): boolean {
    const { content } = this
    let index = (this.words.starts[at] ?? 0) - 1
    while (content[index] === ' ' || content[index] === '\t') index -= 1
    const before = index < 0 ? '\n' : (content[index] ?? '\n')
    if (before === '\n') return content[this.behind(at)] !== ')'
    if (before === '(') return content[index - 1] !== '='
    return ';&|{!`'.includes(before) || COMMAND_FOLLOWS.test(this.wordBefore(at))
  }

  /** Go: `Way{…}`, written without a space by everybody's formatter. */
  isFilled(at: number): boolean {
    return this.grammar === 'go' && this.content.charCodeAt(this.words.ends[at] ?? 0) === OPEN_BRACE
  }

  /** C#: `Way<T>`; a comparison has blanks around it. */
  hasTypeArguments(at: number): boolean {
    return this.grammar === 'c-sharp' && this.content.charCodeAt(this.words.ends[at] ?? 0) === LESS
  }

  isCreated(at: number): boolean {
    return (this.kindBefore(at) & NEW) !== 0
  }

  /** `new a.b.C(`: the `new` stands in front of the whole path. */
  isCreatedWithPath(at: number): boolean {
    let first = at
    for (let depth = 0; depth < 8; depth += 1) {
      const qualifier = this.qualifierOf(first)
      if (qualifier === null || qualifier < 0) break
      first = qualifier
    }
    return first !== at && this.isCreated(first)
  }

  /** The name of a field, an argument or a parameter, which refers to nothing: `name: value`, `name=value`. */
  isKey(at: number): boolean {
    const { content, grammar } = this
    const index = this.behind(at)
    const code = content.charCodeAt(index)
    const second = content.charCodeAt(index + 1)
    if (grammar === 'python') return code === EQUALS && second !== EQUALS && !this.isFirstOfLine(at)
    const isColon = code === COLON && second !== COLON && second !== EQUALS
    const isOptional = code === QUESTION && second === COLON
    if (!isColon && !isOptional) return false
    const before = this.before(at)
    return before < 0 || '{,(;}'.includes(content.charAt(before)) || this.isFirstOfLine(at)
  }

  /** Nothing but spaces stands in front of it on its line. */
  isFirstOfLine(at: number): boolean {
    let index = (this.words.starts[at] ?? 0) - 1
    while (index >= 0 && (this.content[index] === ' ' || this.content[index] === '\t')) index -= 1
    return index < 0 || this.content[index] === '\n'
  }
}
