import { createRequire } from 'node:module'
import { Language, type Node, Parser, Query, type Tree } from 'web-tree-sitter'
import type { Grammar } from '#lib/facts/languages.ts'

const MAX_PARSE_MS = 5_000

const languages = new Map<Grammar, Promise<Language>>()
const loaded = new Map<Grammar, { language: Language; parser: Parser }>()
const queries = new Map<string, Query>()
let started: Promise<void> | null = null

/** Makes `withTree` and `capturesOf` usable for a grammar. Loads each grammar once per process. */
export async function loadGrammar(grammar: Grammar): Promise<void> {
  started ??= Parser.init()
  await started
  let language = languages.get(grammar)
  if (!language) {
    const require = createRequire(import.meta.url)
    language = Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`))
    languages.set(grammar, language)
  }
  const ready = await language
  if (!loaded.has(grammar)) loaded.set(grammar, { language: ready, parser: new Parser().setLanguage(ready) })
}

/** Parses text and hands the root to `read`; the tree is freed before this returns. Null when parsing takes too long. */
export function withTree<Value>(grammar: Grammar, text: string, read: (root: Node) => Value): Value | null {
  const { parser } = grammarOf(grammar)
  const deadline = performance.now() + MAX_PARSE_MS
  let tree: Tree | null = null
  try {
    tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline })
    if (!tree) parser.reset()
    return tree ? read(tree.rootNode) : null
  } finally {
    tree?.delete()
  }
}

/** Matches of one of our queries below a node, each as capture name → node (the first node of that name). */
export function matchesOf(grammar: Grammar, source: string, node: Node): Map<string, Node>[] {
  const key = `${grammar}\n${source}`
  let query = queries.get(key)
  if (!query) {
    query = new Query(grammarOf(grammar).language, source)
    queries.set(key, query)
  }
  return query.matches(node).map((match) => {
    const captures = new Map<string, Node>()
    for (const capture of match.captures) if (!captures.has(capture.name)) captures.set(capture.name, capture.node)
    return captures
  })
}

function grammarOf(grammar: Grammar) {
  const ready = loaded.get(grammar)
  if (!ready) throw new Error(`The grammar ${grammar} is used before it was loaded`)
  return ready
}
