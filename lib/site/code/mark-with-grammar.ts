import type { CallbackResponse, CompiledLanguage, CompiledMode, CompiledScope } from 'highlight.js'
import { CodeMarkup, escaped } from './code-markup.ts'
import { type Found, type Scanner, scannerOf } from './scanner.ts'

/** Where the languages inside others come from. */
export interface Grammars {
  /** A grammar that highlight.js has compiled; null for one that is not known. */
  compiled(language: string): CompiledLanguage | null
  /** The grammar of code whose language nobody tells; null when no guess is better than another. */
  guessed(code: string): CompiledLanguage | null
}

/** A mode that is open, inside those around it. */
interface Open {
  scanner: Scanner
  around: Open | null
}

type Decide = (match: RegExpExecArray | null, response: CallbackResponse) => void

/** Far more steps than code has characters: the grammar goes round in circles. */
const MANY_STEPS = 100_000
const STEPS_PER_CHAR = 3

/** Marks code where highlight.js does, with the classes of code-markup.ts. Code at which the grammar fails stays plain. */
export function markWithGrammar(code: string, language: CompiledLanguage, grammars: Grammars): string {
  try {
    return new Marking(code, { language, grammars }).run()
  } catch {
    return escaped(code)
  }
}

interface Setting {
  language: CompiledLanguage
  grammars: Grammars
  /** Where the code before this one of the same language ended. */
  from?: Open | undefined
}

/** One run over one piece of code. */
class Marking {
  top: Open
  private readonly code: string
  private readonly language: CompiledLanguage
  private readonly grammars: Grammars
  private readonly markup = new CodeMarkup()
  /** Where code of other languages, of which this one has several pieces, ended last. */
  private readonly inside = new Map<string, Open>()
  /** Text of the open mode that is not written yet. */
  private waiting = ''
  private last: Found | null = null
  /** From which rule on to look: not 0 after a match was ignored. */
  private first = 0

  constructor(code: string, { language, grammars, from }: Setting) {
    this.code = code
    this.language = language
    this.grammars = grammars
    this.top = from ?? { scanner: scannerOf(language), around: null }
    for (const scope of scopesOf(this.top)) this.markup.open(scope)
  }

  run(): string {
    let index = 0
    for (let steps = 1; ; steps += 1) {
      const found = this.top.scanner.next(this.code, index, this.first)
      this.first = 0
      if (!found) break
      this.waiting += this.code.substring(index, found.index)
      index = found.index + this.take(found, steps)
    }
    this.waiting += this.code.substring(index)
    this.flush()
    return this.markup.end()
  }

  /** How far it goes on behind the beginning of the match. */
  private take(found: Found, steps: number): number {
    const { text, index } = found
    const { type } = found.rule
    if (text === '' && type === 'end' && this.last?.rule.type === 'begin' && this.last.index === index) {
      this.waiting += this.code.charAt(index)
      return 1
    }
    this.last = found
    if (type === 'begin') return this.begin(found)
    const length = type === 'end' ? this.end(found) : null
    if (length !== null) return length
    if (type === 'illegal' && text === '') {
      if (index !== this.code.length) this.waiting += '\n'
      return 1
    }
    if (steps > MANY_STEPS && steps > index * STEPS_PER_CHAR) throw new Error('The grammar does not go on')
    this.waiting += text
    return text.length
  }

  private begin(found: Found): number {
    const { text } = found
    const { mode } = found.rule
    for (const decide of [mode.__beforeBegin, mode['on:begin']] as (Decide | null | undefined)[])
      if (decide && this.isDenied(found, mode, decide)) return this.ignore(found)
    if (mode.skip) this.waiting += text
    else {
      if (mode.excludeBegin) this.waiting += text
      this.flush()
      if (!mode.returnBegin && !mode.excludeBegin) this.waiting = text
    }
    this.enter(mode, found)
    return mode.returnBegin ? 0 : text.length
  }

  /** Goes on where it stands with the rules behind, if there are any. */
  private ignore({ text, next }: Found): number {
    this.first = next
    if (next > 0) return 0
    this.waiting += text.charAt(0)
    return 1
  }

  private enter(mode: CompiledMode, found: Found): void {
    if (typeof mode.scope === 'string' && mode.scope) this.markup.open(this.scope(mode.scope))
    if (mode.beginScope?._wrap) {
      this.markup.word(this.waiting, this.scope(mode.beginScope._wrap))
      this.waiting = ''
    } else if (mode.beginScope?._multi) {
      this.writeGroups(mode.beginScope, found)
      this.waiting = ''
    }
    this.top = { scanner: scannerOf(mode), around: this.top }
  }

  /** Null where the match ends no mode after all. */
  private end(found: Found): number | null {
    const ending = this.ending(this.top, this.code.substring(found.index), found)
    if (!ending) return null
    const { mode } = this.top.scanner
    this.writeEnd(mode, found)
    let top: Open | null = this.top
    do {
      if (top.scanner.mode.scope) this.markup.close()
      top = top.around
    } while (top && top !== ending.around)
    if (!top) throw new Error('The grammar ends what is around everything')
    this.top = top
    const { starts } = ending.scanner.mode
    if (starts) this.enter(starts, found)
    return mode.returnEnd ? 0 : found.text.length
  }

  private writeEnd(mode: CompiledMode, found: Found): void {
    const { endScope } = mode
    const { text } = found
    if (endScope?._wrap) {
      this.flush()
      this.markup.word(text, endScope._wrap)
    } else if (endScope?._multi) {
      this.flush()
      this.writeGroups(endScope, found)
    } else if (mode.skip) this.waiting += text
    else {
      if (!mode.returnEnd && !mode.excludeEnd) this.waiting += text
      this.flush()
      if (mode.excludeEnd) this.waiting = text
    }
  }

  /** Each group of a match is of a scope of its own, or ordinary text. */
  private writeGroups(scopes: CompiledScope, { rule, index }: Found): void {
    for (const [number, text = ''] of rule.matchAt(this.code, index)?.entries() ?? []) {
      if (number === 0 || !scopes._emit?.[number]) continue
      const scope = scopes[number]
      if (scope) this.markup.word(text, this.scope(scope))
      else this.writeText(text)
    }
  }

  private flush(): void {
    const text = this.waiting
    this.waiting = ''
    const { subLanguage } = this.top.scanner.mode
    if (subLanguage === undefined || subLanguage === null) this.writeText(text)
    else if (text !== '') this.writeInside(text, subLanguage)
  }

  /** Text with its keywords. */
  private writeText(text: string): void {
    const { keywords, keywordPatternRe } = this.top.scanner.mode
    if (!keywords || text === '') {
      this.markup.text(text)
      return
    }
    let from = 0
    keywordPatternRe.lastIndex = 0
    for (let match = keywordPatternRe.exec(text); match; match = keywordPatternRe.exec(text)) {
      const [word] = match
      const [kind] = keywords[this.language.case_insensitive ? word.toLowerCase() : word] ?? []
      // Kinds with an underscore only help to guess languages.
      if (kind === undefined || kind.startsWith('_')) continue
      this.markup.text(text.substring(from, match.index))
      this.markup.word(word, this.scope(kind))
      from = keywordPatternRe.lastIndex
    }
    this.markup.text(text.substring(from))
  }

  private writeInside(code: string, name: string | string[]): void {
    const isGuessed = typeof name !== 'string'
    const language = isGuessed ? this.grammars.guessed(code) : this.grammars.compiled(name)
    if (!language) {
      this.markup.text(code)
      return
    }
    const from = isGuessed ? undefined : this.inside.get(name)
    const marking = new Marking(code, { language, grammars: this.grammars, from })
    this.markup.inside(marking.run())
    if (!isGuessed) this.inside.set(name, marking.top)
  }

  /** The mode that ends where `rest` begins, of an open one and those that end with it. */
  private ending(open: Open, rest: string, found: Found): Open | null {
    const { mode, end } = open.scanner
    if (end) {
      end.lastIndex = 0
      if (end.test(rest) && !(mode['on:end'] && this.isDenied(found, mode, mode['on:end'] as Decide))) {
        let ending = open
        while (ending.scanner.mode.endsParent && ending.around) ending = ending.around
        return ending
      }
    }
    return mode.endsWithParent && open.around ? this.ending(open.around, rest, found) : null
  }

  /** Whether a grammar decides by more than its pattern that this is no match. What it notes stays with the mode. */
  private isDenied({ rule, index }: Found, mode: CompiledMode, decide: Decide): boolean {
    mode.data ??= {}
    const response: CallbackResponse = {
      data: mode.data,
      isMatchIgnored: false,
      ignoreMatch() {
        response.isMatchIgnored = true
      },
    }
    decide(rule.matchAt(this.code, index), response)
    return response.isMatchIgnored
  }

  private scope(name: string): string {
    return this.language.classNameAliases?.[name] || name
  }
}

/** Scopes of all that is open but for the language itself, from the outside. */
function scopesOf(top: Open): string[] {
  const scopes: string[] = []
  for (let open = top; open.around; open = open.around)
    if (open.scanner.mode.scope) scopes.unshift(open.scanner.mode.scope)
  return scopes
}
