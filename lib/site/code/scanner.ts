import type { CompiledMode } from 'highlight.js'

/** What may come next in code of a mode: what begins a mode inside, what ends this one, what should not be there. */
class Rule {
  readonly type: 'begin' | 'end' | 'illegal'
  /** The mode that begins. */
  readonly mode: CompiledMode
  readonly source: string
  private readonly flags: string
  private own: RegExp | null = null

  constructor(pattern: RegExp | string, { type, rule }: KnownRule, flags: string) {
    this.type = type
    this.mode = rule
    this.source = typeof pattern === 'string' ? pattern : pattern.source
    this.flags = flags
  }

  /** What is known to match at a place, with its groups. */
  matchAt(code: string, index: number): RegExpExecArray | null {
    this.own ??= new RegExp(this.source, `${this.flags}y`)
    this.own.lastIndex = index
    return this.own.exec(code)
  }
}

/** As highlight.js notes it. */
interface KnownRule {
  type: Rule['type']
  rule: CompiledMode
}

/** A match of a rule. */
export interface Found {
  rule: Rule
  text: string
  index: number
  /** From which rule on to look when this match is ignored. */
  next: number
}

interface Finder {
  pattern: RegExp
  /** Number of the group of each rule. */
  groups: number[]
}

const scanners = new WeakMap<CompiledMode, Scanner>()

/** The scanner of a mode that highlight.js has compiled. */
export function scannerOf(mode: CompiledMode): Scanner {
  const known = scanners.get(mode)
  if (known) return known
  const made = new Scanner(mode)
  scanners.set(mode, made)
  return made
}

/**
 * Finds what comes next in code of one mode, as highlight.js does, but faster: its patterns of a hundred groups have
 * one group for each rule here, and those inside a rule are looked for only where somebody asks.
 */
export class Scanner {
  readonly mode: CompiledMode
  /** Matches where a text begins with the end of the mode; null where it has none of its own. */
  readonly end: RegExp | null
  private readonly rules: Rule[]
  private readonly flags: string
  /** How many rules begin a mode. */
  private readonly beginnings: number
  /** By the rule they begin at. */
  private readonly finders: Finder[] = []

  constructor(mode: CompiledMode) {
    const { rules, count } = mode.matcher as { rules: [RegExp | string, KnownRule][]; count: number }
    this.mode = mode
    this.beginnings = count
    this.flags = mode.keywordPatternRe.flags.replace('g', '')
    this.end = mode.endRe ? new RegExp(mode.endRe, `${this.flags}y`) : null
    this.rules = rules.map(([pattern, known]) => new Rule(pattern, known, this.flags))
  }

  /** The first match from `from` on, by the rules from `first` on: those before it were ignored there. */
  next(code: string, from: number, first: number): Found | null {
    let found = this.find(code, from, first)
    if (first > 0 && found?.index !== from) found = this.find(code, from + 1, 0)
    if (!found) return null
    found.next += first
    if (found.next === this.beginnings) found.next = 0
    return found
  }

  private find(code: string, from: number, first: number): Found | null {
    if (first >= this.rules.length) return null
    this.finders[first] ??= finderOf(this.rules.slice(first), this.flags)
    const { pattern, groups } = this.finders[first]
    pattern.lastIndex = from
    const match = pattern.exec(code)
    if (!match) return null
    let number = 0
    while (match[groups[number] ?? 0] === undefined) number += 1
    return { rule: this.rules[first + number] as Rule, text: match[0], index: match.index, next: number + 1 }
  }
}

/** A class of characters, the beginning of a group, a reference to one, or an escape. */
const PART = /\[(?:[^\\\]]|\\.)*\]|\(\?<(?![=!])[^>]+>|\(\??|\\([1-9][0-9]*)|\\./g

/** One pattern for all rules, with one group for each; groups inside stay only where a rule refers to them. */
function finderOf(rules: Rule[], flags: string): Finder {
  const groups: number[] = []
  let count = 0
  const sources = rules.map(({ source }) => {
    count += 1
    const own = count
    groups.push(own)
    if (!source.includes('(')) return source
    const refers = Array.from(source.matchAll(PART)).some(([, reference]) => reference !== undefined)
    return source.replace(PART, (part, reference) => {
      if (reference !== undefined) return `\\${Number(reference) + own}`
      if (part !== '(' && !part.startsWith('(?<')) return part
      if (!refers) return '(?:'
      count += 1
      return part
    })
  })
  return { pattern: new RegExp(sources.map((source) => `(${source})`).join('|'), `${flags}g`), groups }
}
