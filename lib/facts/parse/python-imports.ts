import { matchesOf } from './grammar.ts'
import type { Node } from './node.ts'
import type { RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const IMPORTS = `
(import_statement) @import
(import_from_statement) @from
`

/**
 * Imports of a Python file, wherever they stand. A relative specifier keeps its dots. What stands at the top of a module
 * can be imported from it again.
 */
export function pythonImports(root: Node, source: SourceText): RawImport[] {
  return matchesOf(source.grammar, IMPORTS, root).flatMap((captures) => {
    const plain = captures.get('import')
    const from = captures.get('from')
    return plain ? plainImports(plain, source) : from ? [fromImport(from, source)] : []
  })
}

function plainImports(statement: Node, source: SourceText): RawImport[] {
  return statement.childrenForFieldName('name').flatMap((child) => {
    const dotted = child.type === 'aliased_import' ? child.childForFieldName('name') : child
    const alias = child.childForFieldName('alias')?.text ?? dotted?.firstNamedChild?.text ?? null
    if (!dotted) return []
    return [{ specifier: dotted.text, names: ['*'], reexports: false, alias, range: source.range(statement) }]
  })
}

function fromImport(statement: Node, source: SourceText): RawImport {
  const names = statement
    .childrenForFieldName('name')
    .flatMap((child) => (child.type === 'aliased_import' ? (child.childForFieldName('name')?.text ?? []) : child.text))
  const renames = statement.childrenForFieldName('name').flatMap((child): [string, string][] => {
    const [name, alias] = [child.childForFieldName('name')?.text, child.childForFieldName('alias')?.text]
    return child.type === 'aliased_import' && name && alias ? [[alias, name]] : []
  })
  const isWildcard = statement.namedChildren.some(({ type }) => type === 'wildcard_import')
  return {
    specifier: statement.childForFieldName('module_name')?.text.replace(/\s/g, '') ?? '',
    names: isWildcard ? ['*'] : names,
    reexports: statement.parent?.type === 'module' || statement.parent?.parent?.parent?.type === 'module',
    alias: null,
    renames,
    range: source.range(statement),
  }
}
