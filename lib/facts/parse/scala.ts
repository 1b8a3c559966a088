import type { SymbolFact } from '#lib/domain/facts.ts'
import { commentHeader } from './comment-header.ts'
import { environmentLines } from './environment-lines.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import { scalaSymbols } from './scala-symbols.ts'
import type { SourceText } from './source-text.ts'
import { usedWords } from './used-words.ts'

const READ =
  /\b(?:sys\.env(?:\.get|\.getOrElse)?|System\.getenv)\(\s*"(?<name>[A-Za-z_]\w*)"(?:\s*,\s*"(?<fallback>[^"\n]*)")?\s*\)/g

/** Reads a Scala file. `isTest` adds cases. */
export function parseScala(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const clauses = root.namedChildren.filter(({ type }) => type === 'package_clause')
  const symbols = scalaSymbols(root, source)
  // A word of the language as a name stands in marks: io.circe.`export`.
  const packageName =
    clauses.map((clause) => clause.childForFieldName('name')?.text.replaceAll('`', '') ?? '').join('.') || null
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => /^(?:package_clause|import_declaration)$/.test(type)),
    symbols,
    imports: importsOf(root, source),
    environment: environmentLines(source, READ, '//'),
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    packageName,
    entryPoints: isTest ? [] : programsOf(symbols, { packageName, source }),
    hasErrors: root.hasError,
  }
}

interface Unit {
  packageName: string | null
  source: SourceText
}

/** Objects with a `main` that takes the arguments, those that extend `App`, and functions marked `@main`. */
function programsOf(symbols: SymbolFact[], unit: Unit): ParsedFile['entryPoints'] {
  const takesArguments = ({ name, signature }: SymbolFact) =>
    name === 'main' && /\(\s*\w+\s*:\s*Array\[String\]/.test(signature)
  const mains = new Map(symbols.filter(takesArguments).map((one) => [one.parent, one]))
  const objects = symbols.filter(({ signature }) => /^(?:\w+\s+)*object\s/.test(signature))
  const ofObjects = objects.flatMap(({ id, qualified, signature, declaration }) => {
    const main = mains.get(id)
    const isProgram = main !== undefined || /\b(?:extends|with)\s+App\b(?!\.)/.test(signature)
    return isProgram ? [programOf(qualified, main?.declaration ?? declaration, unit)] : []
  })
  return [...ofObjects, ...markedMain(symbols, unit)]
}

/** `@main def run(…)`: known by the function's own name, wherever it stands in the package. */
function markedMain(symbols: SymbolFact[], unit: Unit): ParsedFile['entryPoints'] {
  if (!unit.source.content.includes('@main')) return []
  const lines = unit.source.content.split('\n')
  return symbols.flatMap(({ kind, name, range, declaration }) => {
    const head = lines.slice(range.start - 1, declaration.end).join('\n')
    const isMarked = /^(?:function|method)$/.test(kind) && /^\s*(?:@\w+\s+)*@main\b/m.test(head)
    return isMarked ? [programOf(name, declaration, unit)] : []
  })
}

function programOf(name: string, range: SymbolFact['range'], { packageName }: Unit): ParsedFile['entryPoints'][number] {
  return { kind: 'main', name: [packageName, name].filter(Boolean).join('.'), path: range.path, range }
}

/** One import for each name that a clause brings in; `_`, `*` and `given` bring in all. */
function importsOf(root: Node, source: SourceText): RawImport[] {
  return root.descendantsOfType(['import_declaration', 'export_declaration']).flatMap((node) => {
    const reexports = node.type === 'export_declaration'
    const range = source.range(node)
    return clausesOf(node.text).flatMap((clause) => {
      const grouped = /^([\w.]+?)\.\{([\s\S]*)\}$/.exec(clause)
      const selectors = (grouped?.[2] ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean)
      const paths = grouped ? selectors.map((one) => `${grouped[1]}.${one}`) : [clause]
      return paths.flatMap((path) => {
        const [, written, alias] = /^([\w.$`]+\*?)(?:\s*(?:=>|\bas\b)\s*(\w+))?/.exec(path) ?? []
        if (!written || alias === '_') return []
        const isWild = /\.(?:_|\*|given)$/.test(written)
        const specifier = isWild ? written.replace(/\.(?:_|\*|given)$/, '.*') : written.replace(/`/g, '')
        const names = [isWild ? '*' : (specifier.split('.').at(-1) ?? '')]
        return [{ specifier, names, reexports, alias: alias ?? null, range }]
      })
    })
  })
}

/** `import a.b, c.{d, e}` has two clauses. */
function clausesOf(declaration: string): string[] {
  const text = declaration.replace(/^(?:import|export)\s+/, '').replace(/\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g, '')
  return text.split(/,(?![^{]*\})/).map((clause) => clause.trim())
}

const CASE = /^[^\S\n]*(?:test|it|property|describe|feature|scenario)\s*\(\s*"((?:[^"\\\n]|\\.)*)"/gm
const SPEC = /^[^\S\n]*"((?:[^"\\\n]|\\.)+)"\s+(?:in|should|must|when|-)\b/gm
const UTEST = /^[^\S\n]*test\s*\(\s*"((?:[^"\\\n]|\\.)*)"\s*\)\s*[-{]/m

function testsOf(content: string): ParsedFile['tests'] {
  const named = (pattern: RegExp) => Array.from(content.matchAll(pattern), ([, name]) => name ?? '')
  const cases = [...named(CASE), ...named(SPEC)]
  if (cases.length === 0) return null
  const framework = /\bimport\s+(utest|munit|zio\.test|org\.scalatest|org\.specs2)\b/.exec(content)?.[1]
  return { framework: framework?.split('.').at(-1) ?? (UTEST.test(content) ? 'utest' : 'scalatest'), cases }
}
