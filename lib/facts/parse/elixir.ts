import { headerText } from './doc-text.ts'
import { calledWith } from './elixir-shapes.ts'
import { elixirSymbols } from './elixir-symbols.ts'
import { environmentLines } from './environment-lines.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const READ = /\bSystem\.(?:get_env|fetch_env!?)\(\s*"(?<name>[A-Za-z_]\w*)"(?:\s*,\s*"(?<fallback>[^"\n]*)")?\s*\)/g

/** Reads an Elixir file. `isTest` adds cases. */
export function parseElixir(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = elixirSymbols(root, source)
  const documented = symbols.find(({ parent, doc }) => parent === null && doc !== null)?.doc ?? null
  const text = documented && headerText(documented.summary)
  return {
    ...emptyParsedFile(),
    header: documented && text ? { text, range: documented.range } : null,
    symbols,
    imports: importsOf(root, source),
    environment: environmentLines({ path: source.path, content: withoutDocs(source.content) }, READ, '#'),
    tests: isTest ? testsOf(source.content) : null,
    uses: usesOf(root),
    hasErrors: root.hasError,
  }
}

const DOCS = /@(?:module|type)?doc\s+(?:~[sS])?("""|''')[\s\S]*?\1/g

/** Examples in documentation read nothing. */
function withoutDocs(content: string): string {
  return content.replace(DOCS, (doc) => doc.replace(/[^\n]/g, ' '))
}

/** `alias A.B`, `alias A.{B, C}`, `import`, `require` and `use`, wherever they stand. */
function importsOf(root: Node, source: SourceText): RawImport[] {
  return root.descendantsOfType('call').flatMap((call) => {
    const [given, options] = calledWith(call, /^(?:alias|import|require|use)$/) ?? []
    if (!given || !/^(?:alias|dot)$/.test(given.type)) return []
    const as = options && /\bas:\s*([\w.]+)/.exec(options.text)?.[1]
    const shared = { names: ['*'], reexports: false, range: source.range(call) }
    const grouped = /^([\w.]+)\.\{([\s\S]*)\}$/.exec(given.text)
    const inner = grouped?.[2]?.match(/[A-Z][\w.]*/g) ?? []
    const modules = grouped ? inner.map((name) => `${grouped[1]}.${name}`) : [given.text]
    return modules.map((specifier) => ({ ...shared, specifier, alias: as ?? specifier.split('.').at(-1) ?? null }))
  })
}

function testsOf(content: string): ParsedFile['tests'] {
  const cases = Array.from(
    content.matchAll(/^\s*(?:test|property)\s+"((?:[^"\\\n]|\\.)*)"/gm),
    ([, name]) => name ?? '',
  )
  return cases.length > 0 ? { framework: 'exunit', cases } : null
}

/** Identifiers, and modules as they are written: `Home.Road`. */
function usesOf(root: Node): string[] {
  return [...new Set(root.descendantsOfType(['identifier', 'alias']).map(({ text }) => text))].sort()
}
