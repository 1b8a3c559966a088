import type { CodeWords } from './code-words.ts'

/** Languages in which `@Name(…)` is a remark about what follows. */
const ANNOTATES = /^(?:java|kotlin|scala|swift|php)$/

/** Words of one file with what stands around them. */
export class WordReader {
  readonly content: string
  readonly words: CodeWords
  readonly grammar: string

  constructor(content: string, words: CodeWords, grammar: string) {
    this.content = content
    this.words = words
    this.grammar = grammar
  }

  text(at: number): string {
    const end = this.words.ends[at] ?? 0
    const isMarked = this.grammar === 'ruby' && /^[?!](?![=~])/.test(this.content.slice(end, end + 2))
    return this.content.slice(this.words.starts[at], isMarked ? end + 1 : end)
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

  /** First character behind a word that is no space, and where it stands. */
  next(at: number): { char: string; index: number } {
    let index = this.words.ends[at] ?? 0
    while (index < this.content.length && this.content.charCodeAt(index) <= 32) index += 1
    return { char: this.content.charAt(index), index }
  }

  /** Last character in front of a word that is no space, and where it stands. */
  before(at: number): { char: string; index: number } {
    let index = (this.words.starts[at] ?? 0) - 1
    while (index >= 0 && this.content.charCodeAt(index) <= 32) index -= 1
    return { char: index < 0 ? '' : this.content.charAt(index), index }
  }

  /** The word right in front, with nothing but spaces between; empty when there is something else. */
  wordBefore(at: number): string {
    return at > 0 && this.before(at).index === (this.words.ends[at - 1] ?? 0) - 1 ? this.text(at - 1) : ''
  }

  /** Index of the word in front of the dot, -1 when that is no single word, null when there is no dot. */
  qualifierOf(at: number): number | null {
    const { char, index } = this.before(at)
    const { content } = this
    let end = index
    if (char === '.')
      end = content.charAt(index - 1) === '?' || content.charAt(index - 1) === '.' ? index - 2 : index - 1
    else if (char === '>' && content.charAt(index - 1) === '-') end = index - 2
    else if (char === ':' && content.charAt(index - 1) === ':') end = index - 2
    else return null
    if (char === '.' && content.startsWith('...', index - 2)) return null
    while (end >= 0 && content.charCodeAt(end) <= 32) end -= 1
    return at > 0 && (this.words.ends[at - 1] ?? 0) - 1 === end ? at - 1 : -1
  }

  /** The word in front of the qualifier's own dot. */
  qualifierText(at: number): string | null {
    const own = this.qualifierOf(at)
    return own !== null && own >= 0 ? this.text(own) : null
  }

  isFollowedByWord(at: number): boolean {
    return /[\p{L}_$]/u.test(this.next(at).char)
  }

  isQualifier(at: number): boolean {
    const { char, index } = this.next(at)
    return char === '.' || (char === ':' && this.content.charAt(index + 1) === ':')
  }

  isCalled(at: number): boolean {
    const { char, index } = this.next(at)
    if (char === '(') return !(ANNOTATES.test(this.grammar) && this.before(at).char === '@')
    if (char === '!' && this.grammar === 'rust') return /^!\s*[([{]/.test(this.content.slice(index, index + 4))
    if (char === '`') return this.grammar === 'typescript' || this.grammar === 'tsx'
    if (char === '<' || char === ':')
      return /^(?:::)?<[^<>()]{1,80}(?:<[^<>()]{0,60}>[^<>()]{0,20})?>\s*\(/.test(
        this.content.slice(index, index + 200),
      )
    return false
  }

  /** Go: `Way{…}`, written without a space by everybody's formatter. */
  isFilled(at: number): boolean {
    return this.grammar === 'go' && this.content.charCodeAt(this.words.ends[at] ?? 0) === 123
  }

  isCreated(at: number): boolean {
    return this.wordBefore(at) === 'new'
  }

  /** `new a.b.C(`: the `new` stands in front of the whole path. */
  isCreatedWithPath(at: number): boolean {
    let first = at
    for (let depth = 0; depth < 8; depth += 1) {
      const qualifier = this.qualifierOf(first)
      if (qualifier === null || qualifier < 0) break
      first = qualifier
    }
    return first !== at && this.wordBefore(first) === 'new'
  }

  /** The name of a field, an argument or a parameter, which refers to nothing: `name: value`, `name=value`. */
  isKey(at: number): boolean {
    const { char, index } = this.next(at)
    const { content, grammar } = this
    if (grammar === 'python') return char === '=' && content.charAt(index + 1) !== '=' && !this.isFirstOfLine(at)
    const isColon = char === ':' && !/[:=]/.test(content.charAt(index + 1))
    const isOptional = char === '?' && content.charAt(index + 1) === ':'
    if (!isColon && !isOptional) return false
    const before = this.before(at).char
    return before === '' || '{,(;}'.includes(before) || this.isFirstOfLine(at)
  }

  /** Nothing but spaces stands in front of it on its line. */
  isFirstOfLine(at: number): boolean {
    let index = (this.words.starts[at] ?? 0) - 1
    while (index >= 0 && (this.content[index] === ' ' || this.content[index] === '\t')) index -= 1
    return index < 0 || this.content[index] === '\n'
  }
}
