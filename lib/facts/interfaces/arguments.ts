import type { Grammar } from '#lib/facts/languages.ts'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node, TreeOfNodes } from '#lib/facts/parse/node.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

const CONSTANTS: Partial<Record<Grammar, string>> = {
  typescript: '(variable_declarator name: (identifier) @name value: (string) @value)',
  tsx: '(variable_declarator name: (identifier) @name value: (string) @value)',
  python: '(assignment left: (identifier) @name right: (string) @value)',
  go: `[
    (const_spec name: (identifier) @name value: (expression_list . (interpreted_string_literal) @value .))
    (var_spec name: (identifier) @name value: (expression_list . (interpreted_string_literal) @value .))
  ]`,
}

export interface StringConstant {
  value: string
  /** The declaration, which holds the text itself. */
  node: Node
}

/** Names of a file that stand for one text only. */
export function stringConstants(root: Node, source: SourceText): Map<string, StringConstant> {
  const found = new Map<string, StringConstant | null>()
  const query = CONSTANTS[source.grammar]
  for (const captures of query ? matchesOf(source.grammar, query, root) : []) {
    const [name, node] = [captures.get('name')?.text, captures.get('value')]
    const value = stringValue(node)
    if (name) found.set(name, found.has(name) || value === null || !node ? null : { value, node })
  }
  return new Map([...found].flatMap(([name, constant]) => (constant ? [[name, constant]] : [])))
}

/** Text of a string literal without substitutions; null for anything else. */
export function stringValue(node: Node | null | undefined): string | null {
  if (!node) return null
  if (node.type === 'template_string') return node.namedChildren.some(isSubstitution) ? null : node.text.slice(1, -1)
  if (node.type === 'raw_string_literal') return node.text.slice(1, -1)
  if (node.type === 'interpreted_string_literal') return unescaped(node.text.slice(1, -1))
  if (node.type === 'concatenated_string') {
    const parts = node.namedChildren.map((part) => stringValue(part))
    return parts.includes(null) ? null : parts.join('')
  }
  if (node.type !== 'string' || /^[a-zA-Z]*[fF]/.test(node.text.slice(0, 3).split(/["']/)[0] ?? '')) return null
  const pieces = node.namedChildren.filter(({ type }) => /^string_(?:fragment|content)$|^escape_sequence$/.test(type))
  return unescaped(pieces.map(({ text }) => text).join(''))
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
])

/** Resolves the escapes all our languages share. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, char: string) => ESCAPES.get(char) ?? char)
}

function isSubstitution({ type }: Node): boolean {
  return type === 'template_substitution'
}

/** Arguments of a call, comments left out. */
export function argumentsOf(call: Node): Node[] {
  return call.childForFieldName('arguments')?.namedChildren.filter(({ type }) => type !== 'comment') ?? []
}

/** A default as a reader should see it: a literal's value, or short code; null for anything long. */
export function shownValue(node: Node | null | undefined): string | null {
  if (!node) return null
  const text = stringValue(node)
  if (text !== null) return text
  const code = node.text.replace(/\s+/g, ' ')
  return code.length <= 60 && !/^(?:undefined|null|None|nil)$/.test(code) ? code : null
}

/** Values of an object literal's keys (JavaScript). */
export function objectEntries(node: Node | null | undefined): Map<string, Node> {
  const entries = new Map<string, Node>()
  if (node?.type !== 'object') return entries
  for (const pair of node.namedChildren) {
    const key = pair.type === 'pair' ? pair.childForFieldName('key') : null
    const value = pair.childForFieldName('value')
    if (key && value) entries.set(stringValue(key) ?? key.text, value)
  }
  return entries
}

/** Keyword arguments of a Python call. */
export function keywordsOf(call: Node): Map<string, Node> {
  const keywords = new Map<string, Node>()
  for (const argument of argumentsOf(call)) {
    const name = argument.type === 'keyword_argument' ? argument.childForFieldName('name')?.text : undefined
    const value = argument.childForFieldName('value')
    if (name && value) keywords.set(name, value)
  }
  return keywords
}

const DECLARATIONS: Partial<Record<Grammar, { type: string; name: string; value: string }>> = {
  typescript: { type: 'variable_declarator', name: 'name', value: 'value' },
  tsx: { type: 'variable_declarator', name: 'name', value: 'value' },
  python: { type: 'assignment', name: 'left', value: 'right' },
  go: { type: 'short_var_declaration', name: 'left', value: 'right' },
}

const declared = new WeakMap<TreeOfNodes, Map<string, Node[]>>()

/** What a variable was last given before its use, in the same file; null when it is not a variable of the file. */
export function declaredValue(identifier: Node | null | undefined, grammar: Grammar): Node | null {
  if (identifier?.type !== 'identifier') return null
  let values = declared.get(identifier.tree)
  if (!values) {
    values = valuesByName(identifier.tree.rootNode, grammar)
    declared.set(identifier.tree, values)
  }
  return values.get(identifier.text)?.findLast((value) => value.endIndex <= identifier.startIndex) ?? null
}

function valuesByName(root: Node, grammar: Grammar): Map<string, Node[]> {
  const found = new Map<string, Node[]>()
  const shape = DECLARATIONS[grammar]
  if (!shape) return found
  const { type, name, value } = shape
  for (const declaration of root.descendantsOfType(type)) {
    const key = declaration.childForFieldName(name)?.text
    const node = declaration.childForFieldName(value)
    if (key === undefined || !node) continue
    const known = found.get(key)
    if (known) known.push(node)
    else found.set(key, [node])
  }
  return found
}
