import { commentHeader } from './comment-header.ts'
import { headerText } from './doc-text.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import { phpSymbols } from './php-symbols.ts'
import type { SourceText } from './source-text.ts'
import { usedWords } from './used-words.ts'

/** Reads a PHP file. `isTest` adds cases. */
export function parsePhp(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = phpSymbols(root, source)
  const subject = symbols.find(
    ({ parent, doc, kind }) => parent === null && doc && /^(?:class|interface|enum)$/.test(kind),
  )
  const text = subject?.doc ? headerText(subject.doc.summary) : null
  const own = commentHeader(root, source, ({ type }) => /^(?:namespace|declare)/.test(type))
  return {
    ...emptyParsedFile(),
    header: own ?? (text && subject?.doc ? { text, range: subject.doc.range } : null),
    symbols,
    imports: [...usesOf(root, source), ...requiresOf(source)],
    environment: environmentOf(source),
    tests: isTest ? testsOf(source.content) : null,
    uses: usedWords(source.content, 'c'),
    packageName: root.descendantsOfType('namespace_definition')[0]?.childForFieldName('name')?.text ?? null,
    hasErrors: root.hasError,
  }
}

function usesOf(root: Node, source: SourceText): RawImport[] {
  return root.descendantsOfType('namespace_use_declaration').flatMap((node) => {
    const prefix = node.namedChildren.find(({ type }) => type === 'namespace_name')?.text
    const clauses = node.descendantsOfType('namespace_use_clause')
    return clauses.map((clause) => {
      const alias = clause.childForFieldName('alias')?.text ?? null
      const path = (clause.namedChildren[0]?.text ?? '').replace(/^\\/, '')
      const specifier = prefix ? `${prefix}\\${path}` : path
      const name = specifier.slice(specifier.lastIndexOf('\\') + 1)
      return { specifier, names: [name], reexports: false, alias, range: source.range(node) }
    })
  })
}

const REQUIRE = /\b(?:require|include)(?:_once)?\b[\s(]*(?:(?:__DIR__|dirname\(__FILE__\))\s*\.\s*)?["']([^"'$\n]+)["']/

function requiresOf({ content, path }: SourceText): RawImport[] {
  if (!/\b(?:require|include)/.test(content)) return []
  return content.split('\n').flatMap((line, at) => {
    const specifier = /^\s*(?:\/\/|#|\*)/.test(line) ? undefined : REQUIRE.exec(line)?.[1]
    const range = { path, start: at + 1, end: at + 1 }
    return specifier
      ? [{ specifier: `./${specifier.replace(/^\//, '')}`, names: ['*'], reexports: false, alias: null, range }]
      : []
  })
}

function environmentOf({ content, path }: SourceText): ParsedFile['environment'] {
  if (!/getenv|\$_ENV|\benv\(/.test(content)) return []
  return content.split('\n').flatMap((line, at) => {
    const code = line.replace(/(?:\/\/|\s#).*/, '')
    const match =
      /\bgetenv\(\s*["']([A-Za-z_]\w*)["']|\$_ENV\[\s*["']([A-Za-z_]\w*)["']\s*\]|(?<![\w>:])env\(\s*["']([A-Z_]\w*)["']\s*(?:,\s*(?:(["'])([^"']*)\4|(true|false|-?\d[\d.]*))\s*\))?/.exec(
        code,
      )
    const name = match?.[1] ?? match?.[2] ?? match?.[3]
    const fallback = match?.[5] || match?.[6] || null
    return name ? [{ name, default: fallback, help: null, range: { path, start: at + 1, end: at + 1 } }] : []
  })
}

function testsOf(content: string): ParsedFile['tests'] {
  const methods = Array.from(content.matchAll(/\bfunction\s+(test\w+)\s*\(/g), ([, name]) => name ?? '')
  if (methods.length > 0) return { framework: 'phpunit', cases: methods }
  const cases = Array.from(content.matchAll(/^\s*(?:it|test)\(\s*(["'])((?:(?!\1).)*)\1/gm), ([, , name]) => name ?? '')
  return cases.length > 0 ? { framework: 'pest', cases } : null
}
