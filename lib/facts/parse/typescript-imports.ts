import type { Node } from './node.ts'
import type { RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

/** Imports, re-exports, `require` and dynamic `import` of a file. */
export function typescriptImports(root: Node, source: SourceText): RawImport[] {
  const found: RawImport[] = []
  for (const statement of root.namedChildren) {
    if (statement.type === 'import_statement') found.push(...importsOf(statement, source))
    else if (statement.type === 'export_statement' && statement.childForFieldName('source'))
      found.push(reexportOf(statement, source))
  }
  found.push(...calledImports(root, source))
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

/** Nobody writes more; finding a place takes longer the more statements stand beside each other. */
const MOST_WORDS = 5_000
const CALL_WORD = /(?<![\w$])(?:require(?![\w$])|import(?=\s*[(/<]))/g

/** From the places where the words stand: a walk over the whole tree takes an eighth of the time that parsing takes. */
function calledImports(root: Node, source: SourceText): RawImport[] {
  return source.content
    .matchAll(CALL_WORD)
    .take(MOST_WORDS)
    .toArray()
    .flatMap(({ index }) => {
      const callee = root.namedDescendantForIndex(index)
      const call = callee && /^(?:identifier|import)$/.test(callee.type) ? callee.parent : null
      const specifier = call && callee ? specifierOf(call, callee) : null
      if (!call || !specifier) return []
      return [{ specifier, ...boundTo(call), reexports: isReexported(call), range: source.range(call) }]
    })
}

/** `require('a')` alone, `import('a')` also with options behind it. */
function specifierOf(call: Node, callee: Node): string | null {
  if (call.type !== 'call_expression' || call.childForFieldName('function')?.id !== callee.id) return null
  if (callee.type === 'identifier' && callee.text !== 'require') return null
  const given = call.childForFieldName('arguments')?.namedChildren ?? []
  const isAlone = callee.type === 'import' || given.length === 1
  return isAlone && given[0]?.type === 'string' ? textOf(given[0]) : null
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
