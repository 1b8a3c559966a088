import type { Node } from 'web-tree-sitter'
import { matchesOf } from './grammar.ts'
import type { RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const CALLS = `
(call_expression function: (identifier) @callee (#eq? @callee "require") arguments: (arguments . (string) @source .)) @call
(call_expression function: (import) arguments: (arguments . (string) @source)) @call
`

/** Imports, re-exports, `require` and dynamic `import` of a file. */
export function typescriptImports(root: Node, source: SourceText): RawImport[] {
  const found: RawImport[] = []
  for (const statement of root.namedChildren) {
    if (statement.type === 'import_statement') found.push(...importsOf(statement, source))
    else if (statement.type === 'export_statement' && statement.childForFieldName('source'))
      found.push(reexportOf(statement, source))
  }
  if (/\brequire\b|\bimport\s*\(/.test(source.content)) found.push(...calledImports(root, source))
  return found
}

function importsOf(statement: Node, source: SourceText): RawImport[] {
  const clause = statement.namedChildren.find((child) => /^import_(?:require_)?clause$/.test(child.type))
  const specifier = textOf(statement.childForFieldName('source') ?? clause?.childForFieldName('source') ?? null)
  if (!specifier) return []
  const names: string[] = []
  const renames: [string, string][] = []
  let alias: string | null = null
  if (clause?.type === 'import_require_clause') names.push('*')
  for (const child of clause?.namedChildren ?? []) {
    if (child.type === 'identifier' && clause?.type === 'import_clause') {
      names.push('default')
      renames.push([child.text, 'default'])
    }
    if (child.type === 'identifier') alias = child.text
    if (child.type === 'namespace_import') {
      names.push('*')
      alias = child.firstNamedChild?.text ?? null
    }
    if (child.type === 'named_imports') {
      names.push(...specifierNames(child))
      renames.push(...renamesOf(child))
    }
  }
  return [{ specifier, names, reexports: false, alias, renames, range: source.range(statement) }]
}

function reexportOf(statement: Node, source: SourceText): RawImport {
  const clause = statement.namedChildren.find((child) => child.type === 'export_clause')
  return {
    specifier: textOf(statement.childForFieldName('source')) ?? '',
    names: clause ? specifierNames(clause) : ['*'],
    reexports: true,
    alias: statement.namedChildren.find(({ type }) => type === 'namespace_export')?.firstNamedChild?.text ?? null,
    renames: clause ? renamesOf(clause) : [],
    range: source.range(statement),
  }
}

function specifierNames(list: Node): string[] {
  return list.namedChildren.flatMap((child) => child.childForFieldName('name')?.text ?? [])
}

function renamesOf(list: Node): [string, string][] {
  return list.namedChildren.flatMap((child): [string, string][] => {
    const [name, alias] = [child.childForFieldName('name')?.text, child.childForFieldName('alias')?.text]
    return name && alias ? [[alias, name]] : []
  })
}

function calledImports(root: Node, source: SourceText): RawImport[] {
  return matchesOf(source.grammar, CALLS, root).flatMap((captures) => {
    const call = captures.get('call')
    const specifier = textOf(captures.get('source') ?? null)
    if (!call || !specifier) return []
    const bound = boundTo(call)
    return [{ specifier, ...bound, reexports: isReexported(call), range: source.range(call) }]
  })
}

/** Names a call's result is taken apart into; everything when it is kept whole. */
function boundTo(call: Node): Pick<RawImport, 'names' | 'alias' | 'renames'> {
  const outer = call.parent?.type === 'await_expression' ? call.parent.parent : call.parent
  if (outer?.type === 'member_expression') {
    const property = outer.childForFieldName('property')?.text
    const name = outer.parent?.type === 'variable_declarator' ? outer.parent.childForFieldName('name')?.text : undefined
    if (property) return { names: [property], alias: null, renames: name ? [[name, property]] : [] }
  }
  const pattern = outer?.type === 'variable_declarator' ? outer.childForFieldName('name') : null
  if (pattern?.type !== 'object_pattern') return { names: ['*'], alias: pattern?.text ?? null }
  const names = pattern.namedChildren.flatMap((child) => {
    if (child.type === 'shorthand_property_identifier_pattern') return [child.text]
    return child.childForFieldName('key')?.text ?? child.childForFieldName('left')?.text ?? []
  })
  const renames = pattern.namedChildren.flatMap((child): [string, string][] => {
    const [key, value] = [child.childForFieldName('key')?.text, child.childForFieldName('value')?.text]
    return key && value ? [[value, key]] : []
  })
  return { names, alias: null, renames }
}

function isReexported(call: Node): boolean {
  const parent = call.parent
  return parent?.type === 'assignment_expression' && /^(?:module\.)?exports\b/.test(parent.text.slice(0, 20))
}

function textOf(literal: Node | null): string | null {
  return literal ? literal.text.slice(1, -1) : null
}
