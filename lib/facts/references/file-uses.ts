import type { SymbolFact } from '#lib/domain/facts.ts'
import type { FileUses, ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import { type CodeWords, codeWords, rulesOf } from './code-words.ts'
import { exportedAs } from './exported-as.ts'
import { heritageOf } from './heritage.ts'
import { LocalNames } from './local-names.ts'
import { packNumbers } from './number-text.ts'
import { ownersOfLines } from './owners.ts'
import { CONTEXTUAL, RESERVED } from './word-ids.ts'
import { WordReader } from './word-reader.ts'

/** Shapes of a use: how the word stands in the code. */
export const CALLED = 1
export const CREATED = 2
/** Behind a dot, an arrow or `::`. */
export const MEMBER = 4
/** The qualifier is itself a member of the object the code belongs to: `this.a.b`. */
export const OWN_MEMBER = 8
/** A dot or `::` follows: the word may only say where to look. */
export const QUALIFIER = 16
/** C#: arguments of a type follow, which is another type than the one without. */
export const GENERIC = 32

/** Numbers per entry of `FileUses.uses`. */
export const USE_WIDTH = 5
/** Numbers per entry of `FileUses.typed`. */
export const TYPED_WIDTH = 3

/** Words of a file that may refer to a symbol, with what encloses each. From the file alone, in one pass over its text. */
export function fileUses(content: string, grammar: string, { symbols, imports }: ParsedFile): FileUses {
  const written = codeWords(content, rulesOf(grammar))
  const words = grammar === 'elixir' ? withWholeModules(written, content) : written
  const read = new WordReader(content, words, grammar)
  const importLines = linesOfImports(content, imports)
  if (/package|namespace/.test(content))
    for (const { index } of content.matchAll(PACKAGE_LINE)) importLines.add(read.lineOf(index))
  const collector = new UseCollector(read, symbols, imports)
  for (let at = 0; at < words.count; at += 1) if (!importLines.has(read.lineAt(at))) collector.add(at)
  return {
    ...collector.collected(),
    heritage: heritageOf(content, grammar, symbols),
    exportedAs: exportedAs(content, grammar),
  }
}

/** `Way.Road.Step` is the name of one module, which stands below no other. */
function withWholeModules({ starts, ends, lines, count }: CodeWords, content: string): CodeWords {
  const isModule = (at: number) => /\p{Lu}/u.test(content.charAt(starts[at] ?? 0))
  let kept = 0
  for (let at = 0; at < count; at += 1) {
    const end = ends[kept - 1] ?? -1
    if (content[end] === '.' && starts[at] === end + 1 && isModule(at) && isModule(kept - 1)) {
      ends[kept - 1] = ends[at] ?? end
      continue
    }
    starts[kept] = starts[at] ?? 0
    ends[kept] = ends[at] ?? 0
    lines[kept] = lines[at] ?? 0
    kept += 1
  }
  return { starts, ends, lines, count: kept }
}

class UseCollector {
  private readonly read: WordReader
  private readonly symbols: SymbolFact[]
  private readonly owners: Int32Array
  private readonly locals: LocalNames
  private readonly table = new WordTable()
  /** Entry of the table for each number of a word, one more; 0 where it has none yet. */
  private readonly entries: Int32Array
  private readonly uses: number[] = []
  /** What each word was last used for: the same again in the same symbol says nothing new. */
  private readonly last: number[] = []

  /** Names of one letter that stand for more than a counter. */
  private readonly short: Set<string>

  constructor(read: WordReader, symbols: SymbolFact[], imports: ParsedFile['imports']) {
    const imported = imports.flatMap(({ names, renames }) => [...names, ...(renames ?? []).map(([here]) => here)])
    this.short = new Set([...imported, ...symbols.map(({ name }) => name)].filter(({ length }) => length === 1))
    this.read = read
    this.entries = new Int32Array(read.size)
    this.symbols = symbols
    this.owners = ownersOfLines(symbols)
    this.locals = new LocalNames(read, symbols, (at) => this.ownerAt(read.lineAt(at)))
  }

  add(at: number): void {
    const { read } = this
    const word = read.text(at)
    if (word.length < 2 && !this.short.has(word)) return
    const line = read.lineAt(at)
    const owner = this.ownerAt(line)
    const qualifierAt = read.qualifierOf(at)
    if (qualifierAt === null) {
      const kind = read.kindOf(at)
      if (kind & RESERVED || (kind & CONTEXTUAL && read.isFollowedByWord(at))) return
      if (read.isKey(at) || this.locals.declares(at, word, owner)) return
    }
    if (isDeclared(this.symbols[owner], word, line) || this.isReopened(at)) return
    const shape = shapeOf(read, at, qualifierAt)
    const qualifier = qualifierAt !== null && qualifierAt >= 0 ? this.entryOf(qualifierAt) : -1
    const id = this.entryOf(at)
    const key = ((owner + 1) * 64 + shape) * 65_536 + qualifier + 1
    if (this.last[id] === key) return
    this.last[id] = key
    this.uses.push(id, owner, line, shape, qualifier)
  }

  /** Ruby: `module Way` in another file is the same module once more, no use of it. */
  private isReopened(at: number): boolean {
    return this.read.grammar === 'ruby' && /^(?:module|class)$/.test(this.read.wordBefore(at))
  }

  collected(): Pick<FileUses, 'words' | 'uses' | 'typed'> {
    const { table, locals } = this
    const uses = packNumbers(withoutLocals(this.uses, table, locals))
    const typed = locals.typed.flatMap(([owner, name, type]) => [owner, table.idOf(name), table.idOf(type)])
    return { words: table.words, uses, typed: packNumbers(typed) }
  }

  private entryOf(at: number): number {
    const word = this.read.idOf(at)
    const known = this.entries[word]
    if (known) return known - 1
    const entry = this.table.idOf(this.read.text(at))
    this.entries[word] = entry + 1
    return entry
  }

  private ownerAt(line: number): number {
    return this.owners[line] ?? -1
  }
}

class WordTable {
  readonly words: string[] = []
  private readonly ids = new Map<string, number>()

  idOf(word: string): number {
    const known = this.ids.get(word)
    if (known !== undefined) return known
    this.ids.set(word, this.words.length)
    return this.words.push(word) - 1
  }
}

/** A local that is declared below its first use, or after it, hides what has its name all the same. */
function withoutLocals(uses: number[], { words }: WordTable, locals: LocalNames): number[] {
  const kept: number[] = []
  const mayBeLocal = words.map((word) => locals.isAnywhere(word))
  for (let at = 0; at < uses.length; at += USE_WIDTH) {
    const isMember = ((uses[at + 3] ?? 0) & MEMBER) !== 0
    const isLocal = !isMember && mayBeLocal[uses[at] ?? 0]
    if (isLocal && locals.has(uses[at + 1] ?? -1, words[uses[at] ?? 0] ?? '')) continue
    for (let column = 0; column < USE_WIDTH; column += 1) kept.push(uses[at + column] ?? 0)
  }
  return kept
}

/** The name in the declaration of the symbol itself is no use of it. */
function isDeclared(owner: SymbolFact | undefined, word: string, line: number): boolean {
  return owner !== undefined && owner.name === word && line >= owner.declaration.start && line <= owner.declaration.end
}

function shapeOf(read: WordReader, at: number, qualifierAt: number | null): number {
  const called = (read.isCalled(at) ? CALLED : 0) | (read.hasTypeArguments(at) ? GENERIC : 0)
  if (qualifierAt === null)
    return called | (read.isQualifier(at) ? QUALIFIER : 0) | (read.isCreated(at) || read.isFilled(at) ? CREATED : 0)
  const isOwn = qualifierAt >= 0 && /^(?:this|self|\$this)$/.test(read.qualifierText(qualifierAt) ?? '')
  return called | MEMBER | (isOwn ? OWN_MEMBER : 0) | (read.isCreatedWithPath(at) || read.isFilled(at) ? CREATED : 0)
}

const IMPORT_LINE =
  /^\s*(?:import\b|export\b[^=(]*\bfrom\b|from\b|(?:pub(?:\([^)]*\))?\s+)?(?:use|mod|extern)\b|alias\s+[A-Z]|using\b|global using\b|#\s*include|package\b|require|load\b|autoload\b|\.\s|source\b|(?:const|let|var)\b[^=]*=\s*(?:await\s+)?(?:require|import)\s*\(|[{}\w\s,*]*\bfrom\s*['"])/

const PACKAGE_LINE = /^[ \t]*(?:package|namespace)\b/gm

/** Lines that only say what is imported; words there are no uses. */
function linesOfImports(content: string, imports: ParsedFile['imports']): Set<number> {
  const found = new Set<number>()
  const lines = imports.length > 0 ? content.split('\n') : []
  for (const { range } of imports) {
    if (!IMPORT_LINE.test(lines[range.start - 1] ?? '') && range.start === range.end) continue
    for (let line = range.start; line <= range.end; line += 1) found.add(line)
  }
  return found
}
