import type { DocComment, ParameterFact, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import type { SymbolList } from './symbol-list.ts'

/** Where declarations are being read: the file, and what encloses them. */
export interface Scope {
  list: SymbolList
  source: SourceText
  parent: SymbolFact | null
  /** Names of enclosing modules or namespaces that are no symbols themselves. */
  prefix: string | null
  /** Between a name and what encloses it. */
  separator: string
}

interface Declaration {
  name: string
  kind: SymbolKind
  public: boolean
  /** First node of the declaration when attributes or a template header stand before it. */
  first?: Node | null
  /** Last node of the declaration, where the grammar lets it reach to what follows. */
  last?: Node
  /** Where the signature begins; by default where the declaration does. */
  signatureStart?: number
  /** What the signature leaves out. */
  body?: Node | null
  /** Instead of what is written. */
  signature?: string
  params?: ParameterFact[]
  returns?: string | null
  doc?: DocComment | null
  separator?: string
}

/** Adds the symbol a node declares. */
export function declare(scope: Scope, node: Node, declaration: Declaration): SymbolFact {
  const { list, source, parent, prefix, separator } = scope
  const { first, last, signatureStart, body, signature, ...rest } = declaration
  const range = source.range(first ?? node, last ?? node)
  const end = body && body.startIndex > node.startIndex ? body.startIndex : node.endIndex
  const written = signature ?? source.folded(node, signatureStart ?? node.startIndex, end)
  return list.add({
    separator,
    ...rest,
    signature: written.replace(/[\s;,]+$/, ''),
    range,
    declaration: {
      ...range,
      start: node.startPosition.row + 1,
      end: body ? Math.min(headEnd(scope, node, body), range.end) : range.end,
    },
    parent,
    prefix,
  })
}

/** Last line of what stands before a body: blank lines and comments between them are neither's head. */
function headEnd({ source }: Scope, node: Node, body: Node): number {
  const lines = source.content.slice(node.startIndex, Math.max(node.startIndex, body.startIndex)).split('\n')
  while (lines.length > 1 && /^\s*(?:(?:#|--|\/\/).*)?$/.test(lines.at(-1) ?? '')) lines.pop()
  return node.startPosition.row + lines.length
}

/** The scope of what stands inside a symbol. */
export function inside(scope: Scope, parent: SymbolFact): Scope {
  return { ...scope, parent, prefix: null }
}

/** The scope of what stands inside a module or namespace. */
export function within(scope: Scope, name: string): Scope {
  return { ...scope, prefix: scope.prefix ? `${scope.prefix}${scope.separator}${name}` : name }
}

export const MAX_SHOWN_VALUE = 80

/** Whether a value is short enough to be shown in a signature. */
export function isShortValue(value: Node | null | undefined): boolean {
  return !value || (value.endIndex - value.startIndex <= MAX_SHOWN_VALUE && !value.text.includes('\n'))
}
