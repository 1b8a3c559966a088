import type { Node } from '#lib/facts/parse/node.ts'
import type { RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, stringValue } from './arguments.ts'

/** A router as a route is registered on it. */
export interface GoRouter {
  /** What other files may hang below something: `function()`, or a variable; null for a path that is whole already. */
  name: string | null
  /** Prefix of its groups in this function. */
  prefix: string
  /** A `mux` answers `Handle` and `HandleFunc` only. */
  kind: 'mux' | 'router'
}

export interface GoRouters {
  /** Names known all over the file: fields and package variables. */
  fields: Map<string, GoRouter['kind']>
  mounts: RouteMount[]
}

/** Nobody nests more groups. */
const MAX_DEPTH = 8

interface Search {
  place: Node
  routers: GoRouters
  depth: number
}

const MAKES = /^(?:gin\.(?:New|Default)|echo\.New|chi\.New(?:Router|Mux)|fiber\.New|httprouter\.New|mux\.NewRouter)\(/
const MAKES_MUX = /^http\.NewServeMux\(|^&?http\.ServeMux\{/
const ROUTER_TYPE =
  /^\*?(?:gin\.(?:Engine|RouterGroup|IRouter|IRoutes)|echo\.(?:Echo|Group)|chi\.(?:Router|Mux)|fiber\.(?:App|Router|Group)|httprouter\.Router|mux\.Router|router\.\w+)(?:\[\w+(?:\.\w+)*\])?$/
const MUX_TYPE = /^\*?http\.ServeMux$/

/** Routers of a Go file that have a name beyond one function. */
export function goRouters(root: Node): GoRouters {
  const fields = new Map<string, GoRouter['kind']>()
  for (const field of root.descendantsOfType('field_declaration')) {
    const type = field.childForFieldName('type')?.text ?? ''
    const kind = ROUTER_TYPE.test(type) ? 'router' : MUX_TYPE.test(type) ? 'mux' : null
    const name = field.childForFieldName('name')?.text
    if (kind && name) fields.set(name, kind)
  }
  const found: GoRouters = { fields, mounts: [] }
  found.mounts = passedRouters(root, found)
  return found
}

/** The router an expression stands for at a place; null when it is none. */
export function routerOf(operand: Node, place: Node, routers: GoRouters): GoRouter | null {
  return find(operand, { place, routers, depth: 0 })
}

function find(operand: Node, search: Search): GoRouter | null {
  const { place, routers, depth } = search
  if (depth > MAX_DEPTH) return null
  const outer = blockPrefix(operand, search)
  if (outer) return outer
  if (operand.type === 'call_expression') return madeBy(operand, routers, depth)
  if (operand.type === 'selector_expression') {
    const kind = routers.fields.get(operand.childForFieldName('field')?.text ?? '')
    return kind ? { name: null, prefix: '', kind } : null
  }
  if (operand.type !== 'identifier') return null
  if (operand.text === 'http') return { name: null, prefix: '', kind: 'mux' }
  const value = assignedBefore(operand, place)
  const made = value ? madeBy(value, routers, depth) : null
  return made ?? (value ? null : parameterRouter(operand, place))
}

/** A router that a call makes: a constructor, or a group of another router. */
function madeBy(value: Node, routers: GoRouters, depth: number): GoRouter | null {
  const enclosing = functionName(value)
  const name = enclosing ? `${enclosing}()` : null
  if (MAKES_MUX.test(value.text)) return { name, prefix: '', kind: 'mux' }
  if (MAKES.test(value.text)) return { name, prefix: '', kind: 'router' }
  const callee = value.childForFieldName('function')
  const object = callee?.childForFieldName('operand')
  const method = callee?.childForFieldName('field')?.text ?? ''
  if (!object || !/^(?:Group|PathPrefix|Subrouter|With|Route|Use|Host|Schemes|NewRoute|StrictSlash)$/.test(method))
    return null
  const base = find(object, { place: value, routers, depth: depth + 1 })
  if (!base) return null
  const prefix = /^(?:Group|PathPrefix|Route)$/.test(method) ? (stringValue(argumentsOf(value)[0]) ?? '') : ''
  return { ...base, prefix: base.prefix.replace(/\/$/, '') + prefix.replace(/\/$/, '') }
}

/** Inside `r.Route("/a", func(r chi.Router) {…})` the parameter is the router with that prefix. */
function blockPrefix(operand: Node, { place, routers, depth }: Search): GoRouter | null {
  for (let node = place.parent; node; node = node.parent) {
    if (node.type !== 'func_literal') continue
    const call = node.parent?.parent
    const parameter = node.childForFieldName('parameters')?.namedChildren[0]?.childForFieldName('name')?.text
    if (parameter !== operand.text || call?.type !== 'call_expression') continue
    const callee = call.childForFieldName('function')
    const object = callee?.childForFieldName('operand')
    if (!object || !/^(?:Route|Group)$/.test(callee?.childForFieldName('field')?.text ?? '')) continue
    const base = find(object, { place: call, routers, depth: depth + 1 })
    return base ? { ...base, prefix: base.prefix + (stringValue(argumentsOf(call)[0]) ?? '').replace(/\/$/, '') } : null
  }
  return null
}

/** What a variable was given before a place in the same function, or at the top of the file. */
function assignedBefore(identifier: Node, place: Node): Node | null {
  const scope = enclosing(place) ?? place.tree.rootNode
  let found: Node | null = null
  for (const node of scope.descendantsOfType(['short_var_declaration', 'assignment_statement', 'var_spec'])) {
    if (node.startIndex >= place.startIndex) break
    const name = node.childForFieldName('left') ?? node.childForFieldName('name')
    const value = node.childForFieldName('right') ?? node.childForFieldName('value')
    if (name?.text === identifier.text && value) found = value.firstNamedChild
  }
  return found
}

/** A parameter whose type is a router; what it hangs below is known where the function is called. */
function parameterRouter(identifier: Node, place: Node): GoRouter | null {
  for (let scope = enclosing(place); scope; scope = enclosing(scope)) {
    const parameters = scope.childForFieldName('parameters')?.namedChildren ?? []
    const own = parameters.find((one) =>
      one.childrenForFieldName('name').some((name) => name?.text === identifier.text),
    )
    if (own) return routerOfType(own.childForFieldName('type')?.text ?? '', place)
  }
  return null
}

function routerOfType(type: string, place: Node): GoRouter | null {
  const kind = ROUTER_TYPE.test(type) ? 'router' : MUX_TYPE.test(type) ? 'mux' : null
  const name = functionName(place)
  return kind ? { name: name ? `${name}()` : null, prefix: '', kind } : null
}

/** Routers handed to functions: `registerUsers(v1)` hangs what `registerUsers` registers below `v1`. */
function passedRouters(root: Node, routers: GoRouters): RouteMount[] {
  if (!/\.(?:Group|PathPrefix|Route)\(/.test(root.text)) return []
  const imports = importsOf(root)
  return root.descendantsOfType('call_expression').flatMap((call) => {
    const callee = call.childForFieldName('function')
    const name = callee?.type === 'identifier' ? callee.text : callee?.childForFieldName('field')?.text
    if (!name || !/rout|regist|handl|mount|setup|api|init|add|group/i.test(name)) return []
    return argumentsOf(call).flatMap((argument) => {
      const isPlain =
        /^(?:identifier|call_expression)$/.test(argument.type) && !/^(?:Handle|HandleFunc|Mount)$/.test(name)
      const router = isPlain ? routerOf(argument, call, routers) : null
      if (!router || router.prefix === '' || router.name === null) return []
      const module = imports.get(callee?.childForFieldName('operand')?.text ?? '')
      const from = module === undefined ? null : { specifier: module, name }
      return [{ parent: router.name, prefix: router.prefix, child: `${name}()`, from }]
    })
  })
}

/** Import paths by the name the file knows them by. */
function importsOf(root: Node): Map<string, string> {
  const specs = root.descendantsOfType('import_spec').flatMap((spec) => {
    const path = stringValue(spec.childForFieldName('path'))
    const name =
      spec.childForFieldName('name')?.text ??
      path
        ?.replace(/\/v\d+$/, '')
        .split('/')
        .at(-1)
    return path && name ? [[name, path] as const] : []
  })
  return new Map(specs)
}

function enclosing(node: Node): Node | null {
  for (let at = node.parent; at; at = at.parent)
    if (/^(?:function_declaration|method_declaration|func_literal)$/.test(at.type)) return at
  return null
}

function functionName(node: Node): string | null {
  for (let at = enclosing(node); at; at = enclosing(at)) {
    const name = at.childForFieldName('name')?.text
    if (name) return name
  }
  return null
}
