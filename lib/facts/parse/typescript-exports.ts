import type { Node } from './node.ts'

const NONE: ReadonlySet<string> = new Set()

/** Local names a module offers through `export { a }`, `export default a`, `export = a` and `module.exports`. */
export function exportedNames(root: Node): Set<string> {
  const names = new Set<string>()
  for (const statement of root.namedChildren) {
    if (statement.type === 'export_statement') addEsmNames(statement, names)
    else if (statement.type === 'expression_statement') addCommonJsNames(statement.firstNamedChild, names)
    else if (/^(?:lexical|variable)_declaration$/.test(statement.type)) addChainedNames(statement, names)
  }
  return names
}

function addEsmNames(statement: Node, names: Set<string>): void {
  if (statement.childForFieldName('source')) return
  const value = statement.childForFieldName('value')
  if (value?.type === 'identifier') names.add(value.text)
  for (const child of statement.namedChildren) {
    if (child.type === 'identifier') names.add(child.text)
    if (child.type !== 'export_clause') continue
    for (const specifier of child.namedChildren) {
      const name = specifier.childForFieldName('name')?.text
      if (name) names.add(name)
    }
  }
}

/** `module.exports = a`, `module.exports = { a, b: c }`, `exports.x = a`, `exports = module.exports = a`. */
function addCommonJsNames(expression: Node | null, names: Set<string>): void {
  if (expression?.type !== 'assignment_expression') return
  if (exportTarget(expression.childForFieldName('left')) === null) return
  const right = expression.childForFieldName('right')
  if (right?.type === 'identifier') names.add(right.text)
  else if (right?.type === 'assignment_expression') addCommonJsNames(right, names)
  else if (right?.type === 'object') addObjectNames(right, names)
}

/** Names that an object holds as they are: `{ a, b: c }` holds `a` and `c`. */
export function addObjectNames(object: Node, names: Set<string>): void {
  for (const entry of object.namedChildren) {
    if (entry.type === 'shorthand_property_identifier') names.add(entry.text)
    const value = entry.type === 'pair' ? entry.childForFieldName('value') : null
    if (value?.type === 'identifier') names.add(value.text)
  }
}

/** `const app = module.exports = {}` offers `app`. */
function addChainedNames(declaration: Node, names: Set<string>): void {
  for (const declarator of declaration.namedChildren) {
    const value = declarator.childForFieldName('value')
    const name = declarator.childForFieldName('name')?.text
    if (value?.type !== 'assignment_expression' || !name) continue
    if (exportTarget(value.childForFieldName('left')) !== null) names.add(name)
    addCommonJsNames(value, names)
  }
}

/**
 * What an assignment to `left` exports: a name, `''` for the whole module, null when it exports nothing. `holders` are
 * further objects whose members are exported.
 */
export function exportTarget(left: Node | null, holders: ReadonlySet<string> = NONE): string | null {
  if (!left) return null
  if (left.text === 'module.exports' || left.text === 'exports') return ''
  if (left.type !== 'member_expression') return null
  const object = left.childForFieldName('object')?.text
  const isExports = object === 'exports' || object === 'module.exports' || (object !== undefined && holders.has(object))
  return isExports ? (left.childForFieldName('property')?.text ?? null) : null
}
