import type { ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import type { Found } from './name-resolver.ts'
import type { SymbolIndex } from './symbol-index.ts'

interface Constant {
  symbol: number
  qualified: string
}

/** Modules and classes of Ruby as one file sees them: by the name spaces it opens, whatever file opens them again. */
export class RubyConstants {
  private readonly path: string
  private readonly index: SymbolIndex
  /** Name spaces that the file opens, that of everything included. */
  private readonly spaces: Set<string>
  private readonly found = new Map<string, Found | null>()

  constructor(path: string, { symbols }: ParsedFile, index: SymbolIndex) {
    this.path = path
    this.index = index
    this.spaces = new Set([''])
    for (const { qualified } of symbols) {
      const parts = (qualified.split(/[#.]/)[0] ?? '').split('::')
      for (let length = 1; length <= parts.length; length += 1) this.spaces.add(parts.slice(0, length).join('::'))
    }
  }

  /** A bare name: the innermost name space of the file that holds one. What stands at the top has to be `reached`. */
  named(word: string, reached: (candidates: number[]) => Found | null): Found | null {
    const all = this.constantsNamed(word)
    const seen = all.filter(({ qualified }) => this.spaces.has(spaceOf(qualified)))
    const most = seen.reduce((longest, { qualified }) => Math.max(longest, qualified.length), 0)
    const held = seen.filter(({ qualified }) => qualified.length === most)
    const first = this.first(held)
    if (first === null) return this.valueNamed(word)
    const isOwn = held.some(({ symbol }) => this.index.pathAt(symbol) === this.path)
    if (isOwn || this.spaces.has(first.qualified) || first.qualified !== word)
      return { symbol: first.symbol, exact: true }
    const near = reached(held.map(({ symbol }) => symbol)) ?? (held.length > 1 ? { symbol: -1, exact: false } : null)
    return near && { symbol: first.symbol, exact: near.exact }
  }

  /** A constant that holds a value: a member of one of the modules and classes that the file opens. */
  private valueNamed(word: string): Found | null {
    const { start, end } = this.index.placesOf(this.path)
    for (let type = end - 1; type >= start; type -= 1) {
      const member = this.index.isType(type) ? this.index.member(type, word) : -1
      if (member >= 0) return { symbol: member, exact: true }
    }
    return null
  }

  /** `Way::Road`: the one constant whose whole name ends like that. */
  below(qualifier: string, word: string): Found | null {
    if (!/^\p{Lu}/u.test(word) || !/^\p{Lu}/u.test(qualifier)) return null
    const key = `${qualifier}::${word}`
    const known = this.found.get(key)
    if (known !== undefined) return known
    const ending = this.constantsNamed(word).filter(
      ({ qualified }) => qualified === key || qualified.endsWith(`::${key}`),
    )
    const seen = ending.filter(({ qualified }) => this.spaces.has(qualified.slice(0, -key.length - 2)))
    const held = seen.length > 0 ? seen : ending
    const isOne = held.every(({ qualified }) => qualified === held[0]?.qualified)
    const first = isOne ? this.first(held) : null
    const found = first && { symbol: first.symbol, exact: seen.length > 0 }
    this.found.set(key, found)
    return found
  }

  /** A member of a module that another file adds to it; -1 when there is none. */
  memberOf(type: number, word: string): number {
    const fact = this.index.symbols.get(type)
    if (!fact) return -1
    for (const { symbol, qualified } of this.constantsNamed(fact.name)) {
      const member = symbol === type || qualified !== fact.qualified ? -1 : this.index.member(symbol, word)
      if (member >= 0) return member
    }
    return -1
  }

  private constantsNamed(word: string): Constant[] {
    return this.index.topNamed(word).flatMap((symbol) => {
      const fact = this.index.familyAt(symbol) === 'Ruby' ? this.index.symbols.get(symbol) : undefined
      return fact ? [{ symbol, qualified: fact.qualified }] : []
    })
  }

  /** Of a module that many files open: where its name leads a reader, else here, else in the first of them. */
  private first(held: Constant[]): Constant | null {
    const [one] = held
    if (!one || held.length === 1) return one ?? null
    const file = `${snakeCase(one.qualified)}.rb`
    const pathOf = ({ symbol }: Constant) => this.index.pathAt(symbol)
    return (
      held.find((each) => pathOf(each) === file || pathOf(each).endsWith(`/${file}`)) ??
      held.find((each) => pathOf(each) === this.path) ??
      one
    )
  }
}

function spaceOf(qualified: string): string {
  return qualified.slice(0, Math.max(0, qualified.lastIndexOf('::')))
}

function snakeCase(qualified: string): string {
  return qualified
    .replaceAll('::', '/')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
}
