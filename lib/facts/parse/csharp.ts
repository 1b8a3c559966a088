import { commentHeader } from './comment-header.ts'
import { csharpSymbols } from './csharp-symbols.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { usedWords } from './used-words.ts'

/** Reads a C# file. `isTest` adds cases. */
export function parseCsharp(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = csharpSymbols(root, source)
  const main = symbols.find(({ name, signature }) => name === 'Main' && /\bstatic\b/.test(signature))
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type }) => type === 'using_directive'),
    symbols,
    imports: usingsOf(source),
    environment: environmentOf(source),
    entryPoints:
      main && !isTest
        ? [{ kind: 'main', name: main.qualified.replace(/\.Main$/, ''), path: source.path, range: main.declaration }]
        : [],
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    packageName: namespaceOf(root),
    hasErrors: root.hasError,
  }
}

/** The namespace of the file; of several the first. */
function namespaceOf(root: Node): string | null {
  const declaration = root.descendantsOfType(['namespace_declaration', 'file_scoped_namespace_declaration'])[0]
  return declaration?.childForFieldName('name')?.text ?? null
}

const USING = /^[ \t]*(?:global\s+)?using\s+(static\s+)?(?:(\w+)\s*=\s*)?(?:global::)?([A-Za-z_][\w.]*)\s*;/

/** By lines: conditions cut through lists of usings as often as not. */
function usingsOf({ content, path }: SourceText): RawImport[] {
  return content.split('\n').flatMap((line, at) => {
    const match = line.includes('using') ? USING.exec(line) : null
    const specifier = match?.[3]
    if (!specifier) return []
    const isType = match?.[1] !== undefined || match?.[2] !== undefined
    const names = isType ? [specifier.slice(specifier.lastIndexOf('.') + 1)] : ['*']
    return [
      { specifier, names, reexports: false, alias: match?.[2] ?? null, range: { path, start: at + 1, end: at + 1 } },
    ]
  })
}

function environmentOf({ content, path }: SourceText): ParsedFile['environment'] {
  if (!content.includes('GetEnvironmentVariable')) return []
  return content.split('\n').flatMap((line, at) => {
    const code = line.replace(/\/\/.*/, '')
    const name = /\bEnvironment\.GetEnvironmentVariable\(\s*"([A-Za-z_]\w*)"/.exec(code)?.[1]
    return name ? [{ name, default: null, help: null, range: { path, start: at + 1, end: at + 1 } }] : []
  })
}

const ATTRIBUTE = /^\s*\[(Test|TestCase|Theory|Fact|TestMethod|DataTestMethod)\b/
const METHOD = /^\s*(?:\[[^\]]*\]\s*)?(?:(?:public|internal|async|static|virtual|override) )+[^\s(]+ (\w+)\(/

/** By lines: the method below an attribute that marks it as a test. */
function testsOf(content: string): ParsedFile['tests'] {
  let marked: string | null = null
  let first: string | null = null
  const cases: string[] = []
  for (const line of content.split('\n')) {
    marked = ATTRIBUTE.exec(line)?.[1] ?? marked
    const name = marked === null ? undefined : METHOD.exec(line)?.[1]
    if (!name) continue
    cases.push(name)
    first ??= marked
    marked = null
  }
  if (first === null) return null
  return { framework: /^(?:Fact|Theory)$/.test(first) ? 'xunit' : /Method$/.test(first) ? 'mstest' : 'nunit', cases }
}
