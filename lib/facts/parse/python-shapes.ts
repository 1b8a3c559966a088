import type { DocComment, ParameterFact, SourceRange } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import { parseDocstring } from './python-docstring.ts'
import type { SourceText } from './source-text.ts'

/** The string a statement consists of, when it could be a docstring. */
export function docstringNode(statement: Node | null | undefined): Node | null {
  const string = statement?.type === 'expression_statement' ? statement.firstNamedChild : null
  if (string?.type !== 'string' || /^[a-zA-Z]*[fFbB]/.test(string.text.slice(0, 3).replace(/["'].*/s, ''))) return null
  return string
}

export function stringContent(string: Node): string {
  return string.namedChildren
    .filter(({ type }) => type === 'string_content')
    .map((content) => content.text)
    .join('')
}

/** First statement of a body that is not a comment, read as a docstring. */
export function docOfBody(body: Node | null, source: SourceText): DocComment | null {
  return docOfStatement(
    body?.namedChildren.find(({ type }) => type !== 'comment'),
    source,
  )
}

export function docOfStatement(statement: Node | null | undefined, source: SourceText): DocComment | null {
  const string = docstringNode(statement)
  const content = string ? stringContent(string) : ''
  return string && content.trim() ? parseDocstring(content, source.range(string)) : null
}

/** The comments above an assignment that begin with `#:`, as Sphinx reads them; those that open a block stand before it. */
export function docOfComments(statement: Node, source: SourceText): DocComment | null {
  const lines: Node[] = []
  for (
    let node = statement.previousSibling ?? statement.parent?.previousSibling;
    node?.type === 'comment';
    node = node.previousSibling
  ) {
    const isNext = node.startPosition.row + 1 === (lines[0] ?? statement).startPosition.row
    if (!isNext || !node.text.startsWith('#:')) break
    lines.unshift(node)
  }
  const [first] = lines
  if (!first) return null
  return parseDocstring(
    lines.map(({ text }) => text.slice(2).replace(/^ /, '')).join('\n'),
    source.range(first, lines.at(-1)),
  )
}

/** Parameters as written; `self` and `cls` of methods are left out. */
export function pythonParams(definition: Node, source: SourceText, isMethod: boolean): ParameterFact[] {
  const params = definition.childForFieldName('parameters')?.namedChildren ?? []
  const found = params.flatMap((param) => paramOf(param, source))
  return isMethod && /^(?:self|cls|mcs|metacls|_cls|_self)$/.test(found[0]?.name ?? '') ? found.slice(1) : found
}

function paramOf(param: Node, source: SourceText): ParameterFact[] {
  if (/^(?:comment|keyword_separator|positional_separator|ERROR)$/.test(param.type)) return []
  const type = param.childForFieldName('type')
  const value = param.childForFieldName('value')
  const name = param.childForFieldName('name') ?? (type ? param.firstNamedChild : param)
  const text = name ? source.text(name) : source.text(param)
  return [
    {
      name: text,
      type: type ? source.text(type) : null,
      default: value ? source.text(value) : null,
      optional: value !== null || text.startsWith('*'),
      doc: null,
    },
  ]
}

/** From `def`, `async` or `class` to the colon before the body. */
export function pythonSignature(definition: Node, source: SourceText): { signature: string; declaration: SourceRange } {
  const body = definition.childForFieldName('body')
  const head = source.content.slice(definition.startIndex, body?.startIndex ?? definition.endIndex)
  const colon = definition.children.findLast((child) => child.type === ':' && child.endIndex <= (body?.startIndex ?? 0))
  const end = colon?.startIndex ?? definition.startIndex + head.length
  const start = definition.startPosition.row + 1
  const last = (colon ?? definition).startPosition.row + 1
  return {
    signature: source.folded(definition, definition.startIndex, end),
    declaration: { path: source.path, start, end: Math.max(start, last) },
  }
}
