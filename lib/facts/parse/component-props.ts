import type { ParameterFact } from '#lib/domain/facts.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'
import { docOf, documentedChildren } from './typescript-shapes.ts'

/** The script of a component while its properties are read. */
interface Script {
  root: Node
  source: SourceText
  isSvelte: boolean
}

/** What a component takes: `defineProps` and `props` of Vue, `$props()` and `export let` of Svelte. */
export function componentProps(root: Node, source: SourceText): ParameterFact[] {
  const script = { root, source, isSvelte: /\.svelte$/i.test(source.path) }
  const props = root.namedChildren.flatMap((statement) => propsOf(statement, script))
  return [...new Map(props.map((prop) => [prop.name, prop])).values()]
}

function propsOf(statement: Node, script: Script): ParameterFact[] {
  if (statement.type === 'export_statement') {
    const declaration = statement.childForFieldName('declaration')
    if (script.isSvelte) return declaration?.type === 'lexical_declaration' ? exportedLets(declaration, script) : []
    return optionsOf(statement.childForFieldName('value'), script)
  }
  if (statement.type === 'expression_statement') return calledProps(statement.firstNamedChild, null, script)
  if (!/^(?:lexical|variable)_declaration$/.test(statement.type)) return []
  return statement.namedChildren.flatMap((declarator) =>
    calledProps(declarator.childForFieldName('value'), declarator, script),
  )
}

/** `export let title: string = 'x'` of Svelte; `export const` offers what cannot be given. */
function exportedLets(declaration: Node, { source }: Script): ParameterFact[] {
  if (declaration.childForFieldName('kind')?.text !== 'let') return []
  return declaration.namedChildren.flatMap((declarator) => {
    const name = declarator.childForFieldName('name')
    if (name?.type !== 'identifier') return []
    return [
      prop(name.text, {
        type: typeText(declarator.childForFieldName('type'), source),
        default: valueText(declarator.childForFieldName('value'), source),
      }),
    ]
  })
}

/** `$props()`, `defineProps(…)` and `withDefaults(defineProps(…), { … })`, with what takes their value apart. */
function calledProps(call: Node | null, declarator: Node | null, script: Script): ParameterFact[] {
  const name = call?.type === 'call_expression' ? call.childForFieldName('function')?.text : undefined
  const pattern = declarator?.childForFieldName('name') ?? null
  const taken = pattern?.type === 'object_pattern' ? takenApart(pattern, script) : []
  if (script.isSvelte) {
    if (name !== '$props') return []
    return merged(typedProps(declarator?.childForFieldName('type')?.firstNamedChild ?? null, script), taken, true)
  }
  if (!call || (name !== 'defineProps' && name !== 'withDefaults')) return []
  const [first = null, second = null] = call.childForFieldName('arguments')?.namedChildren ?? []
  if (name === 'withDefaults') return merged(calledProps(first, null, script), defaultsOf(second, script), false)
  const typed = typedProps(call.childForFieldName('type_arguments')?.firstNamedChild ?? null, script)
  return merged([...typed, ...objectProps(first, script)], taken, false)
}

/** Names that an object pattern binds, by the keys it takes them from. */
function takenApart(pattern: Node, { source }: Script): ParameterFact[] {
  return pattern.namedChildren.flatMap((entry) => {
    if (entry.type === 'shorthand_property_identifier_pattern') return [prop(entry.text, { optional: false })]
    const value = entry.childForFieldName('value')
    const defaulted = entry.type === 'object_assignment_pattern' ? entry : value
    const right = defaulted?.childForFieldName('right') ?? null
    const name = entry.childForFieldName(entry.type === 'pair_pattern' ? 'key' : 'left')
    if (!name || entry.type === 'rest_pattern') return []
    return [prop(name.text, { default: valueText(right, source), optional: right !== null })]
  })
}

/** `{ a: 1 }`, the second argument of `withDefaults`. */
function defaultsOf(object: Node | null, { source }: Script): ParameterFact[] {
  if (object?.type !== 'object') return []
  return object.namedChildren.flatMap((entry) => {
    const key = entry.childForFieldName('key')?.text
    return key ? [prop(key, { default: valueText(entry.childForFieldName('value'), source) })] : []
  })
}

/** Properties with the defaults that stand elsewhere; of names that have no type only those of `isWhole` lists are added. */
function merged(props: ParameterFact[], taken: ParameterFact[], isWhole: boolean): ParameterFact[] {
  const byName = new Map(taken.map((one) => [one.name, one]))
  const known = new Set(props.map(({ name }) => name))
  const typed = props.map((one) => {
    const given = byName.get(one.name)?.default ?? null
    return given === null ? one : { ...one, default: given, optional: true }
  })
  return isWhole ? [...typed, ...taken.filter(({ name }) => !known.has(name))] : typed
}

/** Members of an object type, of one that the script declares, and of several joined by `&`. */
function typedProps(type: Node | null, script: Script): ParameterFact[] {
  if (type?.type === 'intersection_type') return type.namedChildren.flatMap((part) => typedProps(part, script))
  if (type?.type === 'type_identifier') return typedProps(declaredType(type.text, script.root), script)
  if (!type || !/^(?:object_type|interface_body)$/.test(type.type)) return []
  return Array.from(documentedChildren(type)).flatMap(({ node, comment }) => {
    const name = node.type === 'property_signature' ? node.childForFieldName('name') : null
    if (!name) return []
    const isOptional = node.children.some((child) => child.type === '?')
    const doc = docOf(comment, script.source)
    return [
      {
        ...prop(name.text.replace(/^['"]|['"]$/g, ''), {
          type: typeText(node.childForFieldName('type'), script.source),
          optional: isOptional,
        }),
        doc: doc?.summary || null,
      },
    ]
  })
}

function declaredType(name: string, root: Node): Node | null {
  for (const statement of root.namedChildren) {
    const node = statement.childForFieldName('declaration') ?? statement
    if (!/^(?:interface|type_alias)_declaration$/.test(node.type)) continue
    // A type that is another name for itself ends here.
    const value = node.childForFieldName('body') ?? node.childForFieldName('value')
    if (node.childForFieldName('name')?.text === name) return value?.type === 'type_identifier' ? null : value
  }
  return null
}

/** `export default { props: … }`, bare or inside `defineComponent(…)`. */
function optionsOf(value: Node | null, script: Script): ParameterFact[] {
  const isCall = value?.type === 'call_expression'
  const options = isCall ? (value.childForFieldName('arguments')?.firstNamedChild ?? null) : value
  if (options?.type !== 'object') return []
  const entry = options.namedChildren.find((one) => one.childForFieldName('key')?.text === 'props')
  return objectProps(entry?.childForFieldName('value') ?? null, script)
}

/** `['a', 'b']`, or `{ a: String, b: { type: Number, default: 1 } }`. */
function objectProps(value: Node | null, script: Script): ParameterFact[] {
  const { source } = script
  if (value?.type === 'array')
    return value.namedChildren.flatMap((one) => (one.type === 'string' ? [prop(one.text.slice(1, -1), {})] : []))
  if (value?.type !== 'object') return []
  return Array.from(documentedChildren(value)).flatMap(({ node, comment }) => {
    const key = node.childForFieldName('key')
    const given = node.childForFieldName('value')
    if (node.type !== 'pair' || !key || !given) return []
    const field = (name: string) =>
      given.type === 'object'
        ? (given.namedChildren.find((one) => one.childForFieldName('key')?.text === name)?.childForFieldName('value') ??
          null)
        : null
    const facts = prop(key.text.replace(/^['"]|['"]$/g, ''), {
      type: runtimeType(given.type === 'object' ? field('type') : given, source),
      default: valueText(field('default'), source),
      optional: field('required')?.text !== 'true',
    })
    return [{ ...facts, doc: docOf(comment, source)?.summary || null }]
  })
}

/** `String`, `[String, Number]`, `Array as PropType<Way[]>`. */
function runtimeType(type: Node | null, source: SourceText): string | null {
  if (!type || /^(?:null|undefined)$/.test(type.type)) return null
  if (type.type === 'array') return type.namedChildren.map(({ text }) => text).join(' | ') || null
  const cast = /\bas\s+PropType<([\s\S]*)>$/.exec(type.text)?.[1]
  return cast ? cast.replace(/\s+/g, ' ').trim() : source.text(type)
}

function prop(name: string, facts: Partial<ParameterFact>): ParameterFact {
  const optional = facts.optional ?? (facts.default !== undefined && facts.default !== null)
  return { name, type: null, default: null, doc: null, ...facts, optional }
}

function typeText(annotation: Node | null, source: SourceText): string | null {
  return annotation ? source.text(annotation).replace(/^:\s*/, '') : null
}

/** `$bindable(value)` of Svelte gives a value and says that it goes both ways. */
function valueText(value: Node | null, source: SourceText): string | null {
  const isBindable = value?.type === 'call_expression' && value.childForFieldName('function')?.text === '$bindable'
  const given = isBindable ? (value.childForFieldName('arguments')?.firstNamedChild ?? null) : value
  return given ? source.text(given) : null
}
