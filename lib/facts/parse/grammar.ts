import { createRequire } from 'node:module'
import { type Language, Parser, Query, type Tree } from 'web-tree-sitter'
import type { Grammar } from '#lib/facts/languages.ts'
import { grammarFile } from '#lib/grammars/grammar-files.ts'
import { loadLanguage, shareLanguages } from '#lib/grammars/load-language.ts'
import { MAX_TREE_MB, treeMemory } from '#lib/grammars/tree-memory.ts'
import { C_REPAIRS, CSHARP_REPAIRS } from './c-repair.ts'
import { LanguageTables } from './language-tables.ts'
import type { Node } from './node.ts'
import { preparedText } from './prepared-text.ts'
import { SyntaxTree } from './syntax-tree.ts'

/**
 * For the tree of one file with all its repairs: some 5 s, and five times what the largest headers of C++ need. Counted,
 * not timed: whether a repair is tried must not depend on what else the machine does.
 */
export const MAX_PARSE_STEPS = 100_000
/** Queries slow down with the square of the depth; code people write stays far below this. */
const MAX_DEPTH = 300

const languages = new Map<Grammar, Promise<Language>>()
const loaded = new Map<Grammar, { language: Language; parser: Parser; tables: LanguageTables }>()
const queries = new Map<string, Query>()
const memory = treeMemory()
let started: Promise<void> | null = null

/** Makes `withTree` and `capturesOf` usable for a grammar. Loads each grammar once per process. */
export async function loadGrammar(grammar: Grammar): Promise<void> {
  started ??= Parser.init({ wasmMemory: memory.wasmMemory })
  await started
  let language = languages.get(grammar)
  if (!language) {
    language = loadLanguage(fileOf(grammar))
    languages.set(grammar, language)
  }
  const ready = await language
  if (loaded.has(grammar)) return
  const tables = new LanguageTables(ready, memory.views)
  loaded.set(grammar, { language: ready, parser: new Parser().setLanguage(ready), tables })
}

/** Why the parser of this thread broke off. */
export function whyBrokenOff(): string {
  return memory.isExhausted() ? `a syntax tree of more than ${MAX_TREE_MB} MB` : 'the parser broke off'
}

/** Makes these grammars cheap to load for threads that are started afterwards. */
export function shareGrammars(grammars: Iterable<Grammar>): Promise<void> {
  return shareLanguages([...grammars].map(fileOf))
}

function fileOf(grammar: Grammar): string {
  return createRequire(import.meta.url).resolve(grammarFile(grammar))
}

/** Parses text and hands the root to `read`; the tree is freed before this returns. Null when parsing takes too many steps. */
export function withTree<Value>(grammar: Grammar, written: string, read: (root: Node) => Value): Value | null {
  const budget = { steps: MAX_PARSE_STEPS }
  const text = preparedText(grammar, written)
  const first = parseText({ grammar, text, budget })
  if (!first) return null
  const best = first.rootNode.hasError ? bestTree(first, { grammar, text, budget }) : { tree: first, text }
  try {
    return read(new SyntaxTree(best, { views: memory.views, tables: grammarOf(grammar).tables }).rootNode)
  } finally {
    best.tree.delete()
  }
}

const REPAIRS: Partial<Record<Grammar, ((text: string) => string)[]>> = {
  typescript: [withSeparatedSignatures],
  cpp: C_REPAIRS,
  'c-sharp': CSHARP_REPAIRS,
  kotlin: [withEndedStatements],
}

interface Parsing {
  grammar: Grammar
  text: string
  /** What is left of it. */
  budget: { steps: number }
}

/** Below this part of the text errors cost less than another attempt. */
const ACCEPTED_ERRORS = 1 / 1_000

/** Tries the repairs of a language until hardly anything is wrong; the tree that understands most of the text stays. */
function bestTree(first: Tree, { grammar, text, budget }: Parsing): { tree: Tree; text: string } {
  const swallowed = grammar === 'cpp' ? swallowedIn : () => 0
  let best = { tree: first, text, wrong: wrongIn(first) + swallowed(first, text) }
  for (const repair of REPAIRS[grammar] ?? []) {
    if (best.wrong <= text.length * ACCEPTED_ERRORS) break
    const repaired = repair(text)
    const tree = repaired === text ? null : parseText({ grammar, text: repaired, budget })
    if (!tree) continue
    // Of several repairs the last one leaves code out; what that costs is weighed against the errors.
    const isLast = repair === REPAIRS[grammar]?.at(-1) && grammar !== 'typescript'
    const wrong = wrongIn(tree) + swallowed(tree, text) + (isLast ? lostLines(text, repaired) : 0)
    const worse = wrong < best.wrong ? best.tree : tree
    if (wrong < best.wrong) best = { tree, text: repaired, wrong }
    worse.delete()
  }
  return best
}

/** Characters of the lines of code that a repair left out. */
function lostLines(text: string, repaired: string): number {
  const lines = repaired.split('\n')
  return text.split('\n').reduce((sum, line, at) => {
    const isLost = !/\S/.test(lines[at] ?? '') && /[({;,]/.test(line) && !/^\s*(?:#|[A-Z_]{4})/.test(line)
    return isLost ? sum + line.length : sum
  }, 0)
}

/** Characters in errors, and one for everything else that is wrong. */
function wrongIn(tree: Tree): number {
  if (!tree.rootNode.hasError) return 0
  return tree.rootNode
    .descendantsOfType('ERROR')
    .reduce((sum, { startIndex, endIndex }) => sum + endIndex - startIndex, 1)
}

/** Characters behind a bracket at the margin that should have ended a function, as a condition that cuts through it does. */
function swallowedIn({ rootNode }: Tree, text: string): number {
  if (!rootNode.hasError) return 0
  let [sum, margin] = [0, -1]
  for (const { type, startIndex, endIndex } of rootNode.namedChildren) {
    if (type !== 'function_definition') continue
    if (margin < startIndex) margin = text.indexOf('\n}\n', startIndex)
    if (margin < 0) break
    if (margin + 2 < endIndex) sum += endIndex - margin - 2
  }
  return sum
}

function parseText({ grammar, text, budget }: Parsing): Tree | null {
  const { parser } = grammarOf(grammar)
  const tree = parser.parse(text, null, { progressCallback: () => --budget.steps < 0 })
  if (!tree) parser.reset()
  return tree
}

/**
 * The TypeScript grammar does not see that a member ends before a call signature on the next line (`<T>(a: T): void`).
 * A semicolon in the indentation says so without moving anything.
 */
function withSeparatedSignatures(text: string): string {
  return text.replace(/^([ \t]*)[ \t]</gm, '$1;<')
}

/** The Kotlin grammar wants a line break or semicolon behind the last statement of a block on one line. */
function withEndedStatements(text: string): string {
  return text.replace(/(?<=[^\s{;]) (?=\})/g, ';')
}

/** Matches of one of our queries below a node, each as capture name → node (the first node of that name). */
export function matchesOf(grammar: Grammar, source: string, node: Node): Map<string, Node>[] {
  const key = `${grammar}\n${source}`
  let query = queries.get(key)
  if (!query) {
    query = new Query(grammarOf(grammar).language, source)
    queries.set(key, query)
  }
  return node.tree.matchesOf(query, { below: node, maxDepth: MAX_DEPTH })
}

function grammarOf(grammar: Grammar) {
  const ready = loaded.get(grammar)
  if (!ready) throw new Error(`The grammar ${grammar} is used before it was loaded`)
  return ready
}
