import { createRequire } from 'node:module'
import { Parser } from 'web-tree-sitter'
import { grammarFile } from '#lib/grammars/grammar-files.ts'
import { loadLanguage } from '#lib/grammars/load-language.ts'

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

/** Parsers of this scorer alone, each made when it is first needed. Whoever made it frees it with `delete`. */
export class Grammars {
  private readonly parsers = new Map<GrammarName, Parser>()

  /** Whether text parses without any error; false also when that takes too long. */
  async parses(name: GrammarName, text: string): Promise<boolean> {
    const parser = await this.parserOf(name)
    const deadline = performance.now() + MAX_PARSE_MS
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline })
    if (!tree) parser.reset()
    const isWhole = tree !== null && !tree.rootNode.hasError
    tree?.delete()
    return isWhole
  }

  delete(): void {
    for (const parser of this.parsers.values()) parser.delete()
    this.parsers.clear()
  }

  private async parserOf(name: GrammarName): Promise<Parser> {
    const known = this.parsers.get(name)
    if (known) return known
    await Parser.init()
    const require = createRequire(import.meta.url)
    const language = await loadLanguage(require.resolve(grammarFile(name)))
    const parser = new Parser().setLanguage(language)
    this.parsers.set(name, parser)
    return parser
  }
}
