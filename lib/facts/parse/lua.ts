import { commentHeader } from './comment-header.ts'
import { environmentLines } from './environment-lines.ts'
import { luaSymbols } from './lua-symbols.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const READ =
  /\bos\.getenv\s*\(?\s*["'](?<name>[A-Za-z_]\w*)["'](?!\s*\.\.)\s*\)?(?:\s*or\s*["'](?<fallback>[^"'\n]*)["'])?/g

/** Reads a Lua file. `isTest` adds cases and used names. */
export function parseLua(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const header = commentHeader(root, source, ({ type }) => type !== 'function_declaration')
  return {
    ...emptyParsedFile(),
    header: header && { ...header, text: header.text.replace(/^-+\s*/, '') },
    symbols: luaSymbols(root, source),
    imports: requiresOf(root, source),
    environment: environmentLines(source, READ, '--'),
    tests: isTest ? testsOf(source.content) : null,
    uses: isTest ? usesOf(root) : [],
    hasErrors: root.hasError,
  }
}

function requiresOf(root: Node, source: SourceText): RawImport[] {
  if (!source.content.includes('require')) return []
  return root.descendantsOfType('function_call').flatMap((call) => {
    const isRequire = call.childForFieldName('name')?.text === 'require'
    const [given] = isRequire ? (call.childForFieldName('arguments')?.descendantsOfType('string_content') ?? []) : []
    if (!given) return []
    return [{ specifier: given.text, names: ['*'], reexports: false, alias: nameOf(call), range: source.range(call) }]
  })
}

/** `local name = require("…")` */
function nameOf(call: Node): string | null {
  const statement = call.parent?.type === 'expression_list' ? call.parent.parent : null
  const names = statement?.type === 'assignment_statement' ? statement.firstNamedChild?.namedChildren : undefined
  return names?.length === 1 ? (names[0]?.text ?? null) : null
}

function testsOf(content: string): ParsedFile['tests'] {
  const cases = Array.from(
    content.matchAll(/^[^\S\n]*(?:describe|it|test|pending)\s*\(\s*(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/gm),
    ([, , name]) => name ?? '',
  )
  return cases.length > 0 ? { framework: 'busted', cases } : null
}

function usesOf(root: Node): string[] {
  return [...new Set(root.descendantsOfType('identifier').map(({ text }) => text))].sort()
}
