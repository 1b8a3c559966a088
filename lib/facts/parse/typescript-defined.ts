import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import type { SymbolList } from './symbol-list.ts'
import { type Documented, docOf, isMarkedPrivate } from './typescript-shapes.ts'

/** `Object.defineProperty(owner, 'name', …)`, `owner.__defineGetter__('name', …)` and a helper named `defineGetter`. */
const DEFINERS = /^(?:(?:Object|Reflect)\.defineProperty|define(?:Getter|Property|Accessor))$/
const LEGACY = /\.__define[GS]etter__$/

/** Adds the property that a call defines on something the file declares or exports. */
export function addDefinedProperty(statement: Documented, target: { list: SymbolList; source: SourceText }): void {
  const call = statement.node.firstNamedChild
  const defined = call ? definedBy(call) : null
  if (!defined || !/^[A-Za-z_$][\w$]*$/.test(defined.name) || defined.name === '__esModule') return
  const { list, source } = target
  const isExport = /^(?:module\.)?exports$/.test(defined.owner)
  const parent = isExport ? null : list.find(defined.owner.replace(/\.prototype$/, ''))
  const qualified = parent ? `${parent.qualified}.${defined.name}` : defined.name
  if (parent === undefined || list.find(qualified)) return
  list.add({
    name: defined.name,
    kind: parent ? 'property' : 'constant',
    public: (parent?.public ?? true) && !defined.name.startsWith('_') && !isMarkedPrivate(statement.comment),
    signature: `${defined.owner}.${defined.name}`,
    parent,
    doc: docOf(statement.comment, source),
    range: source.range(statement.node),
    declaration: { ...source.range(statement.node), end: statement.node.startPosition.row + 1 },
  })
}

function definedBy(call: Node): { owner: string; name: string } | null {
  const callee = call.childForFieldName('function')?.text ?? ''
  const given = call.childForFieldName('arguments')?.namedChildren.filter(({ type }) => type !== 'comment') ?? []
  if (call.type !== 'call_expression' || given.length < 2) return null
  const [owner, key] = LEGACY.test(callee) ? [callee.replace(LEGACY, ''), given[0]] : [given[0]?.text ?? '', given[1]]
  const isDefiner = LEGACY.test(callee) || (DEFINERS.test(callee) && given.length > 2)
  return isDefiner && key?.type === 'string' ? { owner, name: key.text.slice(1, -1) } : null
}
