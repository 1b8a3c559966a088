import type { DocComment } from '#lib/domain/facts.ts'
import { declare } from './declare.ts'
import { MAX_DOC_CHARS, proseDoc } from './doc-text.ts'
import { calledWith, type ElixirScope } from './elixir-shapes.ts'
import { dedented } from './html-prose.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** What module attributes say about the definition that follows them. */
export interface Attributes {
  doc: DocComment | null
  isHidden: boolean
  /** `@impl` stands above: what a behaviour calls is documented there. */
  isImplementation: boolean
  spec: Node | null
  deprecated: string | null
}

export function noAttributes(): Attributes {
  return { doc: null, isHidden: false, isImplementation: false, spec: null, deprecated: null }
}

/** Reads `@doc`, `@spec`, `@deprecated`; adds the types and callbacks that attributes declare. */
export function addAttribute(node: Node, above: Attributes, scope: ElixirScope): Attributes {
  const call = node.childForFieldName('operand')
  const name = call?.childForFieldName('target')?.text ?? ''
  const [given] = (call && calledWith(call, /^\w+$/)) ?? []
  if (!given || node.childForFieldName('operator')?.text !== '@') return above
  const { source } = scope
  if (/^(?:doc|typedoc)$/.test(name)) {
    if (given.text === 'false') return { ...above, isHidden: true }
    const doc = elixirDoc(given, source)
    return doc ? withDeprecation({ ...above, doc }) : above
  }
  if (name === 'impl') return { ...above, isImplementation: given.text !== 'false' }
  if (name === 'spec') return { ...above, spec: above.spec ?? given }
  if (name === 'deprecated') return withDeprecation({ ...above, deprecated: textOf(given) || 'Deprecated' })
  if (!/^(?:type|typep|opaque|callback|macrocallback)$/.test(name)) return above
  addType({ node, given, name, above }, scope)
  return noAttributes()
}

function withDeprecation(above: Attributes): Attributes {
  const { doc, deprecated } = above
  return doc && deprecated !== null ? { ...above, doc: { ...doc, deprecated } } : above
}

interface Typed {
  node: Node
  given: Node
  name: string
  above: Attributes
}

/** `@type t :: …`, `@callback run(term) :: :ok`. */
function addType({ node, given, name, above }: Typed, scope: ElixirScope): void {
  const declared = /^([a-z_]\w*[?!]?)/.exec(given.text)?.[1]
  if (!declared) return
  const isCallback = /callback$/.test(name)
  const key = `${isCallback ? 'callback' : 'type'}/${declared}/${given.childForFieldName('left')?.namedChildren[1]?.namedChildCount ?? 0}`
  if (scope.seen.has(key)) return
  scope.seen.add(key)
  declare(scope, node, {
    name: declared,
    kind: isCallback ? 'method' : 'type',
    public: scope.isOpen && !above.isHidden && name !== 'typep',
    doc: above.doc,
  })
}

/** Documentation in a string or heredoc; null when there is none. */
export function elixirDoc(given: Node, source: SourceText): DocComment | null {
  const text = textOf(given)
  if (!/\p{L}{2}/u.test(text)) return null
  const examples = Array.from(`${text}\n`.matchAll(/(?:^ {4}iex>.*\n(?: {4}[^\S\n]*\S.*\n)*)+/gm), ([code]) =>
    dedented(code.trimEnd()),
  )
  return { ...proseDoc(fenced(text), source.range(given)), examples }
}

function textOf(given: Node): string {
  const heredoc = /^(?:~[sS])?"""\r?\n([\s\S]*?)"""$/.exec(given.text)
  const plain = /^(?:~[sS])?"([\s\S]*)"$/.exec(given.text)
  return dedented((heredoc?.[1] ?? plain?.[1] ?? '').slice(0, MAX_DOC_CHARS)).trimEnd()
}

/** Code that is set by indentation alone; a fence says the same in Markdown. */
function fenced(text: string): string {
  return text.replace(
    /(\n[^\S\n]*\n)((?: {4}[^\S\n]*\S.*(?:\n|$)|[^\S\n]*\n(?= {4}))+)/g,
    (_, before, code) => `${before}\`\`\`elixir\n${dedented(code.trimEnd())}\n\`\`\`\n`,
  )
}
