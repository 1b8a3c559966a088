import type { SymbolFact } from '#lib/domain/facts.ts'
import { arrowHeads } from './arrow-heads.ts'
import { isReservedWord } from './reserved-words.ts'
import { DECLARING } from './word-ids.ts'
import type { WordReader } from './word-reader.ts'

const COLON = 58
const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/
/** Languages in which a first assignment declares. */
const NAME_IS_ENOUGH = new Set(['python', 'ruby', 'bash', 'elixir', 'lua'])
const MAX_PATTERN_CHARS = 600
/** What a local is set to or typed as: a word, or a word and a member of it. */
const VALUE =
  /^(?::?=|:)\s*(?:(?:await|new|mut)\s+|[&*])*([\p{L}_$][\p{L}\d_$]*)(?:(?:\.|::)([\p{L}_$][\p{L}\d_$]*))?\s*(?:<[^<>]{0,60}>)?\s*(?:[({]|[;,=)\n|]|$)/u
/** Languages that write the type in front of the name. */
const TYPE_FIRST = new Set(['java', 'c-sharp', 'cpp', 'c', 'php'])
const NO_TYPE =
  /^(?:return|new|else|case|throw|goto|in|is|as|await|yield|delete|sizeof|typeof|not|and|or|extends|implements|echo|instanceof|print|include|require|use|define|ifdef|ifndef|if|undef|where|when|out|ref)$/

/** Names that parameters and variables hide, per symbol, and what is known of their types. */
export class LocalNames {
  /** Symbol, name of the local, word of its type or of the function that makes it. */
  readonly typed: [owner: number, name: string, type: string][] = []
  private readonly read: WordReader
  private readonly parents: Int32Array
  private readonly names: Set<string>[] = []
  private readonly all = new Set<string>()
  private readonly typeWords = new Map<string, string | null>()
  /** End of the pattern that takes a value apart. */
  private patternEnd = -1

  constructor(read: WordReader, symbols: SymbolFact[], ownerOf: (at: number) => number) {
    this.read = read
    const indexes = new Map(symbols.map(({ id }, index) => [id, index]))
    this.parents = Int32Array.from(symbols, ({ parent }) => (parent === null ? -1 : (indexes.get(parent) ?? -1)))
    for (const [index, { params }] of symbols.entries()) for (const param of params) this.addParam(index, param)
    if (/^(?:typescript|tsx)$/.test(read.grammar)) this.addArrowParams(ownerOf)
  }

  /** Whether a name is one of the symbol or of a function around it. */
  has(owner: number, name: string): boolean {
    for (let at = owner, depth = 0; depth < 10; at = this.parents[at] ?? -1, depth += 1) {
      if (this.names[at + 1]?.has(name)) return true
      if (at === -1) return false
    }
    return false
  }

  /** Whether a name is one of any symbol of the file. */
  isAnywhere(name: string): boolean {
    return this.all.has(name)
  }

  /** Notes a word that declares a local; false when it does not. */
  declares(at: number, word: string, owner: number): boolean {
    const start = this.read.words.starts[at] ?? 0
    if (start >= this.patternEnd) this.patternEnd = this.patternFrom(at)
    const isInPattern = start < this.patternEnd
    if (isInPattern && this.read.codeBehind(at) === COLON) return true
    const typeBefore = this.typeBefore(at)
    if (!isInPattern && !this.isDeclaration(at, typeBefore)) return false
    this.add(owner, word)
    if (typeBefore !== null && /^\p{Lu}|_t$/u.test(typeBefore)) this.typed.push([owner, word, typeBefore])
    else this.noteValue(at, word, owner)
    return true
  }

  private isDeclaration(at: number, typeBefore: string | null): boolean {
    const { read } = this
    if (read.kindBefore(at) & DECLARING) return true
    if (read.grammar === 'go') return this.isInGoList(read.behind(at))
    if (NAME_IS_ENOUGH.has(read.grammar)) return this.isAssigned(at) && read.isFirstOfLine(at)
    if (typeBefore === null || read.isFirstOfLine(at)) return false
    return this.isAssigned(at) || ';,):['.includes(read.content.charAt(read.behind(at)))
  }

  private isAssigned(at: number): boolean {
    const index = this.read.behind(at)
    return /^=(?![=~>])/.test(this.read.content.slice(index, index + 2))
  }

  /** Languages that write the type in front: that type. */
  private typeBefore(at: number): string | null {
    const { read } = this
    if (!TYPE_FIRST.has(read.grammar)) return null
    const before = read.wordBefore(at)
    if (before !== '') return NO_TYPE.test(before) ? null : before
    const start = read.words.starts[at] ?? 0
    const pointer = /([\w>]) ?[*&]+ ?$|\w> ?$/.test(read.content.slice(Math.max(0, start - 8), start))
    // `a * b` is a product; a pointer is written with the star on one side.
    const isProduct = /\w \* $/.test(read.content.slice(Math.max(0, start - 4), start))
    return pointer && !isProduct && at > 0 && !NO_TYPE.test(read.text(at - 1)) ? read.text(at - 1) : null
  }

  /** `a, b := f()`, and either of them alone. */
  private isInGoList(index: number): boolean {
    return /^(?:,\s*\w+){0,4}\s*:=/.test(this.read.content.slice(index, index + 100))
  }

  /** End of `{ a, b }` when this word is the first in it and `const` stands in front; -1 when not. */
  private patternFrom(at: number): number {
    const { content, words } = this.read
    const from = at > 0 ? (words.ends[at - 1] ?? 0) : 0
    if ((words.starts[at] ?? 0) - from <= 40 && !this.mayBeginPattern(at)) return -1
    const between = content.slice(from, Math.min(words.starts[at] ?? 0, from + 40))
    if (!/^\s*[{[(]\s*(?:\.\.\.)?$/.test(between) || !/^(?:const|let|var|val)$/.test(this.read.text(at - 1))) return -1
    const end = /[}\])]\s*(?:=|of\b|in\b)/.exec(content.slice(from, from + MAX_PATTERN_CHARS))
    return end ? from + end.index : -1
  }

  /** Whether a bracket may stand in front of a word; what is no ASCII may be a space. */
  private mayBeginPattern(at: number): boolean {
    const code = this.read.codeBefore(at)
    return code === 123 || code === 91 || code === 40 || code === 46 || code > 127
  }

  private addParam(owner: number, { name, type }: SymbolFact['params'][number]): void {
    const words = PLAIN_NAME.test(name) ? [name] : (name.match(/[\p{L}_$][\p{L}\d_$]*/gu) ?? [])
    for (const word of words) {
      this.add(owner, word)
      const first = type === null ? null : this.typeWord(type)
      if (first) this.typed.push([owner, word, first])
    }
  }

  /** Most types of a file stand in it many times. */
  private typeWord(type: string): string | null {
    let word = this.typeWords.get(type)
    if (word === undefined) {
      word = typeWord(type)
      this.typeWords.set(type, word)
    }
    return word
  }

  /** `name = new Way()`, `name: Way = `, `name := way.New()`: the word that says what it is. */
  private noteValue(at: number, word: string, owner: number): void {
    const { content } = this.read
    const index = this.read.behind(at)
    const text = content.slice(index, index + MAX_VALUE_CHARS)
    const value = VALUE.exec(text)
    if (!value || goesOn(text, value[0].length)) return
    const [, first = '', second = ''] = value
    const isMaker = /^(?:new|from|default|create|with_\w+|of|builder)$/.test(second)
    this.typed.push([owner, word, second && !isMaker ? `${first}.${second}` : first])
  }

  private addArrowParams(ownerOf: (at: number) => number): void {
    const { read } = this
    let at = 0
    for (const { start, names } of arrowHeads(read.content)) {
      while (at < read.words.count && (read.words.starts[at] ?? 0) < start) at += 1
      if (at >= read.words.count) break
      const owner = ownerOf(at)
      for (const part of names.split(',')) {
        const name = /^[\s{[.]*([\w$]+)/.exec(part)?.[1]
        if (name) this.add(owner, name)
      }
    }
  }

  private add(owner: number, name: string): void {
    let names = this.names[owner + 1]
    if (!names) {
      names = new Set()
      this.names[owner + 1] = names
    }
    names.add(name)
    this.all.add(name)
  }
}

const MAX_VALUE_CHARS = 200

/** `Way(1).other()`: what is made is asked for something else at once. */
function goesOn(text: string, end: number): boolean {
  if (text[end - 1] !== '(') return false
  let depth = 1
  let at = end
  for (; at < text.length && depth > 0; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
  }
  return depth === 0 && /^\s*\??\s*(?:\.|\?\.|->)\s*\w/.test(text.slice(at, at + 40))
}

/** The first name of a type that is its own: `Promise<Way>` gives `Way`, `*pkg.Way` gives `pkg.Way`. */
function typeWord(type: string): string | null {
  const words = type.match(/(?:[\p{L}_$][\p{L}\d_$]*\.)?[\p{L}_$][\p{L}\d_$]*/gu) ?? []
  const isOwn = (word: string) =>
    !WRAPPERS.has(word.replace(/^.*\./, '')) && !isReservedWord(word) && !/^\p{Ll}+$/u.test(word)
  return words.find(isOwn) ?? words.at(-1) ?? null
}

const WRAPPERS = new Set([
  'Promise',
  'Readonly',
  'Partial',
  'Optional',
  'List',
  'Vec',
  'Option',
  'Arc',
  'Rc',
  'Box',
  'Result',
  'Array',
  'Set',
  'Map',
])
