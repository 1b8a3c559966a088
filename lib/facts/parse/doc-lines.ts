import type { SymbolFact } from '#lib/domain/facts.ts'

/** Share of a line's words that must stand on a line of the file, and with the one below: markup may have moved them. */
const BEGUN_WORDS = 0.4
const SAME_WORDS = 0.75
/** Share of lines that must be found for the rest to be believed. */
const FOUND_LINES = 0.75

/**
 * Adds to each doc comment on which lines of the file its body stands: found by the words of every line, in order, so
 * that it holds whatever marks, tags and examples the language's reader took out. Absent where too few are found.
 */
export function withDocLines(symbols: SymbolFact[], content: string): SymbolFact[] {
  if (!symbols.some(({ doc }) => doc?.body)) return symbols
  const lines = new WordLines(content)
  return symbols.map((symbol) => {
    const { doc } = symbol
    const bodyLines = doc?.body ? runsOf(doc.body.split('\n').map(bodyWords), doc.range, lines) : null
    return doc && bodyLines ? { ...symbol, doc: { ...doc, bodyLines } } : symbol
  })
}

type Runs = [at: number, line: number][]

function runsOf(body: string[][], { start, end }: { start: number; end: number }, lines: WordLines): Runs | null {
  const runs: Runs = []
  const said = body.filter((words) => words.length > 0).length
  let found = 0
  let next = start
  for (const [at, words] of body.entries()) {
    const line = words.length === 0 ? -1 : lineWith(words, lines, { start: next, end })
    if (line < 0) continue
    const last = runs.at(-1)
    if (!last || line - at !== last[1] - last[0]) runs.push([at, line])
    next = line + 1
    found += 1
  }
  return found > 0 && found >= said * FOUND_LINES ? runs : null
}

/** -1 when no line of the range has enough of the words. */
function lineWith(words: string[], lines: WordLines, { start, end }: { start: number; end: number }): number {
  for (let at = start; at <= end; at += 1) {
    const own = lines.words(at)
    const next = lines.words(at + 1)
    const begun = words.filter((word) => own.includes(word)).length
    const same = begun + words.filter((word) => !own.includes(word) && next.includes(word)).length
    if (begun >= words.length * BEGUN_WORDS && same >= words.length * SAME_WORDS) return at
  }
  return -1
}

/** Words of the lines that are asked for: few lines of a file are documentation. */
class WordLines {
  private readonly lines: string[]
  private readonly found: string[][] = []

  constructor(content: string) {
    this.lines = content.split('\n')
  }

  /** By 1-based line. */
  words(line: number): string[] {
    const known = this.found[line]
    if (known) return known
    const words = wordsOf(this.lines[line - 1] ?? '')
    this.found[line] = words
    return words
  }
}

function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The mark of a fence is often the reader's own. */
function bodyWords(line: string): string[] {
  return /^\s*(?:`{3}|~{3})/.test(line) ? [] : wordsOf(line)
}
