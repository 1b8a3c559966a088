import { codeInterfaces } from '#lib/facts/interfaces/of-code.ts'
import { type Grammar, languageOf, languageOfText } from '#lib/facts/languages.ts'
import { longestLine } from '#lib/facts/longest-line.ts'
import { fileUses } from '#lib/facts/references/file-uses.ts'
import { roleOfPath } from '#lib/facts/roles.ts'
import { parseBash } from './bash.ts'
import { parseC } from './c.ts'
import { componentScript, isComponentFile, withComponent } from './component-file.ts'
import { parseCsharp } from './csharp.ts'
import { withDocLines } from './doc-lines.ts'
import { parseElixir } from './elixir.ts'
import { parseGo } from './go.ts'
import { loadGrammar, MAX_PARSE_STEPS, withTree } from './grammar.ts'
import { parseJava } from './java.ts'
import { parseKotlin } from './kotlin.ts'
import { parseLua } from './lua.ts'
import type { Node } from './node.ts'
import type { ParsedFile } from './parsed-file.ts'
import { parsePhp } from './php.ts'
import { parsePython } from './python.ts'
import { parseRuby } from './ruby.ts'
import { parseRust } from './rust.ts'
import { parseScala } from './scala.ts'
import { SourceText } from './source-text.ts'
import { parseSwift } from './swift.ts'
import { parseTypescript } from './typescript.ts'

type LanguageParser = (root: Node, source: SourceText, isTest: boolean) => ParsedFile

const PARSERS = {
  typescript: parseTypescript,
  tsx: parseTypescript,
  python: parsePython,
  go: parseGo,
  rust: parseRust,
  java: parseJava,
  cpp: parseC,
  'c-sharp': parseCsharp,
  ruby: parseRuby,
  php: parsePhp,
  bash: parseBash,
  kotlin: parseKotlin,
  lua: parseLua,
  elixir: parseElixir,
  scala: parseScala,
  swift: parseSwift,
} satisfies Record<Grammar, LanguageParser>

/** Some grammars take time by the square of a line, where no deadline is asked for; code people write stays far below. */
const MAX_LINE_CHARS = 100_000

/**
 * Everything one file says by itself; depends on its text and path alone. A sentence instead when it cannot be read:
 * no parser, too many steps of it, a line of more than 100,000 characters, or nested so deeply that the stack ends.
 */
export async function parseFile(content: string, path: string): Promise<ParsedFile | string> {
  return (await parserOf(content, path))()
}

/** The work of `parseFile`, to be done without waiting for anything: its grammar is loaded. */
export async function parserOf(content: string, path: string): Promise<() => ParsedFile | string> {
  const longest = longestLine(content)
  if (longest > MAX_LINE_CHARS) return () => `a line of ${longest} characters`
  const script = isComponentFile(path) ? componentScript(content) : null
  const grammar = script?.grammar ?? languageOfText(path, content)?.grammar
  if (!grammar) return () => 'no parser for its language'
  await loadGrammar(grammar)
  return () => {
    const source = new SourceText(path, script?.text ?? content, grammar)
    try {
      const whole = script ? new SourceText(path, content, grammar) : null
      return parsedBy(source, whole) ?? `more than ${MAX_PARSE_STEPS} steps to a syntax tree`
    } catch (error) {
      if (error instanceof RangeError) return 'nested too deeply'
      throw error
    }
  }
}

/** `whole` is the file that a component's script is cut out of. */
function parsedBy(source: SourceText, whole: SourceText | null): ParsedFile | null {
  const { path, grammar, content } = source
  const parsed = withTree(grammar, content, (root) => readTree(root, source, whole))
  if (parsed && languageOf(path) === null) parsed.grammar = grammar
  return parsed
}

function readTree(root: Node, source: SourceText, whole: SourceText | null): ParsedFile {
  const isTest = roleOfPath(source.path) === 'test'
  const read = PARSERS[source.grammar](root, source, isTest)
  const parsed = whole ? withComponent(read, { root, source, whole }) : read
  const packages = new Set(parsed.imports.map(({ specifier }) => specifier))
  const symbols = withDocLines(parsed.symbols, source.content)
  const references = fileUses(source.content, source.grammar, parsed)
  return { ...parsed, symbols, ...codeInterfaces({ root, source, packages, isTest }), references }
}
