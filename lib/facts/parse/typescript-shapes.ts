import type { DocComment, ParameterFact, SourceRange } from '#lib/domain/facts.ts'
import { isNotice } from './doc-text.ts'
import { parseJsdoc } from './jsdoc.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** A statement or member with what stands in front of it. */
export interface Documented {
  node: Node
  /** First decorator, or the node itself. */
  first: Node
  comment: Node | null
}

/** Children of a block, each with its documentation comment and decorators. */
export function* documentedChildren(container: Node): Generator<Documented> {
  let comment: Node | null = null
  let first: Node | null = null
  let previousRow = -1
  for (const node of container.namedChildren) {
    if (node.type === 'comment') {
      const isTrailing = node.startPosition.row === previousRow
      if (node.text.startsWith('/**') && !isTrailing) comment = node
    } else if (node.type === 'decorator') first ??= node
    else {
      yield { node, first: first ?? node, comment }
      comment = null
      first = null
      previousRow = node.endPosition.row
    }
  }
}

export function docOf(comment: Node | null, source: SourceText): DocComment | null {
  if (!comment || isLicence(comment)) return null
  const doc = parseJsdoc(comment.text, source.range(comment))
  const isEmpty = !doc.summary && !doc.returns && !doc.deprecated && Object.keys(doc.params).length === 0
  return isEmpty && doc.examples.length === 0 && doc.raises.length === 0 ? null : doc
}

/** The first comment of a file that has no imports stands in front of its first declaration. */
function isLicence(comment: Node): boolean {
  return comment.startPosition.row < 2 && isNotice(comment.text.replace(/^[\s/*!]+/, ''))
}

/** A comment that takes what it documents back from the public: `@private`, `@internal`, `@hidden`. */
export function isMarkedPrivate(comment: Node | null): boolean {
  return comment !== null && /@(?:private|internal|hidden|ignore|api\s+private)\b/.test(comment.text)
}

/** Start of a declaration behind its decorators. */
export function behindDecorators(node: Node): Node {
  return node.children.find((child) => child.type !== 'decorator') ?? node
}

const CALLABLES = new Set([
  'arrow_function',
  'function_expression',
  'generator_function',
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
])

const WRAPPERS = /^(?:parenthesized_expression|as_expression|satisfies_expression)$/
const MAX_WRAPPERS = 20

/** The function a value is, seen through parentheses, casts and (if allowed) `memo(…)`; null when it is none. */
export function callableOf(value: Node | null, mayBeWrapped = false): Node | null {
  let current = value
  for (let depth = 0; current && depth < MAX_WRAPPERS; depth += 1) {
    if (CALLABLES.has(current.type)) return current
    if (WRAPPERS.test(current.type)) current = current.firstNamedChild
    else current = mayBeWrapped ? wrappedByCall(current) : null
  }
  return null
}

/** First argument of React's `memo` and `forwardRef`. */
function wrappedByCall(call: Node): Node | null {
  if (call.type !== 'call_expression') return null
  const isWrapper = /^(?:React\.)?(?:memo|forwardRef)$/.test(call.childForFieldName('function')?.text ?? '')
  return isWrapper ? (call.childForFieldName('arguments')?.firstNamedChild ?? null) : null
}

export function paramsOf(callable: Node, source: SourceText): ParameterFact[] {
  const single = callable.childForFieldName('parameter')
  if (single) return [{ name: single.text, type: null, default: null, optional: false, doc: null }]
  const list = callable.childForFieldName('parameters')
  if (!list) return []
  return list.namedChildren
    .filter((param) => /^(?:required|optional)_parameter$/.test(param.type))
    .filter((param) => param.childForFieldName('pattern')?.type !== 'this')
    .map((param) => paramOf(param, source))
}

function paramOf(param: Node, source: SourceText): ParameterFact {
  const pattern = param.childForFieldName('pattern')
  const value = param.childForFieldName('value')
  return {
    name: pattern ? source.text(pattern) : source.text(param),
    type: typeText(param.childForFieldName('type'), source),
    default: value ? source.text(value) : null,
    optional: param.type === 'optional_parameter' || value !== null,
    doc: null,
  }
}

export function returnsOf(callable: Node, source: SourceText): string | null {
  return typeText(callable.childForFieldName('return_type'), source)
}

function typeText(annotation: Node | null, source: SourceText): string | null {
  return annotation ? source.text(annotation).replace(/^:\s*/, '') : null
}

/** Offset where the body of a callable begins; a callable without body ends there. */
export function signatureEnd(callable: Node): number {
  if (callable.type === 'arrow_function') {
    const last =
      callable.childForFieldName('return_type') ??
      callable.childForFieldName('parameters') ??
      callable.childForFieldName('parameter')
    return last?.endIndex ?? callable.endIndex
  }
  return callable.childForFieldName('body')?.startIndex ?? callable.endIndex
}

/** Lines from a declaration's first word to where its body begins. */
export function declarationRange(start: Node, endIndex: number, source: SourceText): SourceRange {
  const text = source.content.slice(start.startIndex, endIndex).trimEnd()
  const first = start.startPosition.row + 1
  return { path: source.path, start: first, end: first + text.split('\n').length - 1 }
}

const MAX_SHOWN_VALUE = 80

/**
 * End of `name: type = value` as a signature shows it. A function shows its head when nothing is wrapped around it; a
 * declared type says enough by itself.
 */
export function initializedEnd(declarator: Node, callable: Node | null): number {
  const value = declarator.childForFieldName('value')
  const type = declarator.childForFieldName('type')
  if (callable && type) return type.endIndex
  const isChained = value?.type === 'assignment_expression' && callable?.endIndex === value.endIndex
  return callable && (callable.id === value?.id || isChained) ? signatureEnd(callable) : valueEnd(declarator)
}

/** End of `name: type = value` as a signature shows it: short one-line values are kept, others cut. */
function valueEnd(declarator: Node): number {
  const value = declarator.childForFieldName('value')
  if (!value) return declarator.endIndex
  const text = value.text
  if (text.length <= MAX_SHOWN_VALUE && !text.includes('\n')) return declarator.endIndex
  const before = declarator.childForFieldName('type') ?? declarator.childForFieldName('name')
  return before?.endIndex ?? value.startIndex
}
