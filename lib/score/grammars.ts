import { createRequire } from 'node:module'
import type { Parser } from 'web-tree-sitter'
import { grammarFile } from '#lib/grammars/grammar-files.ts'
import { loadLanguage } from '#lib/grammars/load-language.ts'
import { ownTreeSitter, type TreeSitter } from '#lib/grammars/own-tree-sitter.ts'

const MAX_PARSE_MS = 2_000

/** Grammars the examples of a page are read with, by the name of their file. */
const GRAMMARS = [
  'typescript',
  'tsx',
  'python',
  'go',
  'rust',
  'java',
  'cpp',
  'c-sharp',
  'php',
  'ruby',
  'bash',
  'kotlin',
  'scala',
  'swift',
  'lua',
  'elixir',
  'css',
] as const
export type GrammarName = (typeof GRAMMARS)[number]

/**
 * Parsers of this scorer alone, each made when it is first needed; any number of texts may wait for them. Whoever made it frees
 * it with `delete`, or lets the garbage collector do so.
 */
export class Grammars {
  private readonly parsers = new Map<GrammarName, Parser>()
  private readonly making = new Map<GrammarName, Promise<void>>()
  private treeSitter: Promise<TreeSitter> | null = null

  /** Whether text parses without any error; false also when that takes too long or too much memory. */
  async parses(name: GrammarName, text: string): Promise<boolean> {
    // Nothing may come between getting a parser and using it: another text may break it off, which frees all of them.
    let parser = this.parsers.get(name)
    while (!parser) {
      await this.made(name)
      parser = this.parsers.get(name)
    }
    try {
      return isWhole(parser, text)
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error
      // What broke off leaves its memory torn: the next example is read in another one.
      this.delete()
      return false
    }
  }

  delete(): void {
    for (const parser of this.parsers.values()) free(parser)
    this.parsers.clear()
    this.treeSitter = null
  }

  private async made(name: GrammarName): Promise<void> {
    const making = this.making.get(name) ?? this.make(name).finally(() => this.making.delete(name))
    this.making.set(name, making)
    await making
  }

  private async make(name: GrammarName): Promise<void> {
    this.treeSitter ??= ownTreeSitter()
    const treeSitter = this.treeSitter
    const { Language, Parser } = await treeSitter
    const require = createRequire(import.meta.url)
    const language = await loadLanguage(require.resolve(grammarFile(name)), Language)
    // Of memory that has been given up meanwhile nothing is kept.
    if (treeSitter === this.treeSitter) this.parsers.set(name, new Parser().setLanguage(language))
  }
}

function isWhole(parser: Parser, text: string): boolean {
  const deadline = performance.now() + MAX_PARSE_MS
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline })
  if (!tree) parser.reset()
  const isWithoutError = tree !== null && !tree.rootNode.hasError
  tree?.delete()
  return isWithoutError
}

/** Also of torn memory, where freeing may fail: what is not freed here, the garbage collector would free by itself. */
function free(parser: Parser): void {
  try {
    parser.delete()
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
  }
}
