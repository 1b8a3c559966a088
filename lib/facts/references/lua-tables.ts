import type { Found } from './name-resolver.ts'
import type { SymbolIndex } from './symbol-index.ts'

/** Methods that texts and files of Lua have. */
const METHOD_OF_LUA = /^(?:byte|char|dump|gmatch|gsub|lower|upper|rep|lines|seek|setvbuf)$/

/** What stands in the tables of one Lua file. */
export class LuaTables {
  private readonly path: string
  private readonly index: SymbolIndex
  private members: Map<string, number> | null = null

  constructor(path: string, index: SymbolIndex) {
    this.path = path
    this.index = index
  }

  /** `Way.go` and `Way:go` by the name of the table. */
  member(table: string, word: string): Found | null {
    this.members ??= this.membersOfFile()
    const symbol = this.members.get(`${table}.${word}`)
    return symbol === undefined ? null : { symbol, exact: true }
  }

  /** A method of a name that nothing else in the repository has at its top; -1 when there is none. */
  onlyMethod(word: string): number {
    if (word.length < 4 || METHOD_OF_LUA.test(word)) return -1
    const [symbol = -1, second] = this.index.topNamed(word)
    if (symbol < 0 || second !== undefined || this.index.familyAt(symbol) !== 'Lua') return -1
    return this.index.symbols.get(symbol)?.qualified === word ? -1 : symbol
  }

  private membersOfFile(): Map<string, number> {
    const members = new Map<string, number>()
    const { start, end } = this.index.placesOf(this.path)
    for (let at = start; at < end; at += 1) {
      const name = this.index.symbols.get(at)?.qualified.replaceAll(':', '.') ?? ''
      if (!members.has(name)) members.set(name, at)
    }
    return members
  }
}
