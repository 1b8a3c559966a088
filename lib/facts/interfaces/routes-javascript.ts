import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, objectEntries, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import {
  importedNames,
  madeRouter,
  mayHoldRouter,
  requiredModule,
  routersOf,
  usualParameters,
} from './routers-javascript.ts'

const CALLS = `
(call_expression function: (member_expression property: (property_identifier) @method)
  (#match? @method "^(get|post|put|delete|del|patch|options|head|all|route|use|register|openapi|on)$")) @call
`
const FUNCTION = /^(?:arrow_function|function_expression|function)$/
const SEEN = /\.(?:get|post|put|delete|patch|all|route|use|register|openapi)\s*(?:<[^()]*>)?\(/

interface Routed {
  routes: RawRoute[]
  mounts: RouteMount[]
}

interface Reading extends CodeFile {
  routers: Map<string, string>
  /** Parameters that may hold a router: believed only when the call looks like a route in every other way. */
  likely: Set<string>
  imported: ReturnType<typeof importedNames>
}

/** Routes of Express, Fastify, Hono and Koa routers, and how the routers hang below each other. */
export function javascriptRoutes(file: CodeFile): Routed {
  const { root, source } = file
  if (!SEEN.test(source.content)) return { routes: [], mounts: [] }
  // Walking a whole tree costs as much as parsing it: most files hold none of these words.
  const may = mayHoldRouter(source.content)
  const routers = may.make ? routersOf(root) : new Map<string, string>()
  const likely = may.take ? usualParameters(root) : new Set<string>()
  if (routers.size === 0 && likely.size === 0 && !/\bHono\b/.test(source.content)) return { routes: [], mounts: [] }
  const reading = { ...file, routers, likely, imported: importedNames(root) }
  const routed: Routed = { routes: [], mounts: [] }
  for (const captures of matchesOf(source.grammar, CALLS, root)) {
    const [call, method] = [captures.get('call'), captures.get('method')?.text ?? '']
    if (call) readCall(call, method, { reading, routed })
  }
  return routed
}

function readCall(call: Node, method: string, { reading, routed }: { reading: Reading; routed: Routed }): void {
  const router = chainRoot(call, reading)
  if (router === null) return
  const own = reading.routers.get(router)
  const shared = { router, prefix: own ?? '', isLikely: own === undefined && router !== '' }
  if (/^(?:use|register)$/.test(method)) routed.mounts.push(...mountsOf(call, router, reading))
  else if (method === 'route' && !shared.isLikely && argumentsOf(call).length > 1)
    routed.mounts.push(...mountsOf(call, router, reading))
  else if (method === 'route') routed.routes.push(...objectRoute(call, shared, reading))
  else if (method === 'openapi') routed.routes.push(...openapiRoute(call, shared, reading))
  else routed.routes.push(...methodRoute(call, method, { ...shared, reading }))
}

/** Nobody chains more calls; without a limit a long chain would be walked once per call. */
const MAX_CHAIN = 60

/** Router at the start of `app.route('/a').get(…).post(…)`; empty for one that has no name; null when it is none. */
function chainRoot(call: Node, { routers, likely }: Reading): string | null {
  let current: Node | null = call
  for (let depth = 0; current && depth < MAX_CHAIN; depth += 1) {
    if (/^(?:identifier|this)$/.test(current.type) || routers.has(current.text.slice(0, 40))) {
      const name = current.text
      return routers.has(name) || (likely.has(name) && depth <= 2) ? name : null
    }
    if (depth > 0 && /^(?:call|new)_expression$/.test(current.type) && isMaker(current))
      return variableOf(current) ?? ''
    current = current.childForFieldName('function') ?? current.childForFieldName('object')
  }
  return null
}

function isMaker(node: Node): boolean {
  return node.childForFieldName('function')?.type !== 'member_expression' && madeRouter(node) !== null
}

/** Variable that a chain begun by an expression is kept in. */
function variableOf(node: Node): string | null {
  let current: Node | null = node
  for (let depth = 0; current && depth < MAX_CHAIN * 2; depth += 1) {
    if (current.type === 'variable_declarator') return current.childForFieldName('name')?.text ?? null
    if (!/^(?:call|member|new|await)_expression$/.test(current.type)) return null
    current = current.parent
  }
  return null
}

interface Router {
  router: string
  prefix: string
  /** Known by its usual name only. */
  isLikely: boolean
}

function methodRoute(call: Node, method: string, { reading, ...router }: Router & { reading: Reading }): RawRoute[] {
  const args = argumentsOf(call)
  const chained = routeBelow(call)
  const paths = chained === null ? pathsOf(method === 'on' ? args[1] : args[0]) : [chained]
  const handlers = args.slice(chained !== null ? 0 : method === 'on' ? 2 : 1)
  if (handlers.length === 0 || (router.isLikely && !isHandler(handlers.at(-1)))) return []
  const methods = method === 'on' ? pathsOf(args[0]) : [method === 'all' ? 'ANY' : method === 'del' ? 'DELETE' : method]
  const place = call.childForFieldName('function')?.childForFieldName('property') ?? call
  return paths.flatMap((path) => {
    if (!/^[/*]/.test(path)) return []
    return methods.map((one) => ({
      method: one.toUpperCase(),
      path: router.prefix + path,
      handler: handlerName(handlers.at(-1)),
      router: router.router,
      range: reading.source.range(place, chained === null ? (args[0] ?? call) : place),
    }))
  })
}

/** A function that takes a request, or a name; a client's options or callback without request are neither. */
function isHandler(node: Node | undefined): boolean {
  if (!node) return false
  if (/^(?:identifier|member_expression)$/.test(node.type)) return true
  const parameters = node.childForFieldName('parameters') ?? node.childForFieldName('parameter')
  return (
    FUNCTION.test(node.type) &&
    /^\(?\s*(?:req\w*|_req\w*|ctx|c|_|request|_request|context)\b/.test(parameters?.text ?? '')
  )
}

function pathsOf(node: Node | undefined): string[] {
  const nodes = node?.type === 'array' ? node.namedChildren : node ? [node] : []
  return nodes.flatMap((one) => stringValue(one) ?? [])
}

/** Path of the `.route('/path')` a method is chained to. */
function routeBelow(call: Node): string | null {
  let current = call.childForFieldName('function')?.childForFieldName('object') ?? null
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee = current.childForFieldName('function')
    const isRoute = callee?.childForFieldName('property')?.text === 'route'
    if (isRoute && argumentsOf(current).length === 1) return stringValue(argumentsOf(current)[0])
    current = callee?.childForFieldName('object') ?? null
  }
  return null
}

/** Fastify's `app.route({ method: 'GET', url: '/a', handler })`. */
function objectRoute(call: Node, { router, prefix }: Router, { source }: Reading): RawRoute[] {
  const entries = objectEntries(argumentsOf(call)[0])
  const path = stringValue(entries.get('url') ?? entries.get('path'))
  if (path === null || !path.startsWith('/')) return []
  return pathsOf(entries.get('method')).map((method) => ({
    method: method.toUpperCase(),
    path: prefix + path,
    handler: handlerName(entries.get('handler')),
    router,
    range: source.range(call),
  }))
}

/** Hono's `app.openapi(createRoute({ method: 'get', path: '/a' }), handler)`, the route written in place or named. */
function openapiRoute(call: Node, { router, prefix }: Router, { root, source }: Reading): RawRoute[] {
  const [first, handler] = argumentsOf(call)
  const named = first?.type === 'identifier' ? declarationOf(first.text, root) : first
  const entries = objectEntries(named?.type === 'call_expression' ? argumentsOf(named)[0] : undefined)
  const path = stringValue(entries.get('path'))
  const method = stringValue(entries.get('method'))
  if (path === null || method === null) return []
  const range = source.range(call.childForFieldName('function')?.childForFieldName('property') ?? call, first)
  return [{ method: method.toUpperCase(), path: prefix + path, handler: handlerName(handler), router, range }]
}

function declarationOf(name: string, root: Node): Node | undefined {
  const declarator = root
    .descendantsOfType('variable_declarator')
    .find((one) => one.childForFieldName('name')?.text === name)
  return declarator?.childForFieldName('value') ?? undefined
}

/** `use('/p', router)`, `route('/p', router)`, `register(plugin, { prefix: '/p' })`; a plugin may be written in place. */
function mountsOf(call: Node, parent: string, reading: Reading): RouteMount[] {
  const args = argumentsOf(call)
  const own = reading.routers.get(parent) ?? ''
  const first = stringValue(args[0])
  const options = objectEntries(args.at(-1))
  const prefix = own + (first ?? stringValue(options.get('prefix')) ?? '')
  return args.flatMap((argument): RouteMount[] => {
    if (FUNCTION.test(argument.type)) {
      const inner = argument.childForFieldName('parameters')?.namedChildren[0]
      const name = (inner?.childForFieldName('pattern') ?? inner)?.text
      return name && name !== parent && reading.likely.has(name) ? [{ parent, prefix, child: name, from: null }] : []
    }
    const child = childOf(argument, reading)
    return child ? [{ parent, prefix, ...child }] : []
  })
}

function childOf(node: Node, { routers, imported }: Reading): Pick<RouteMount, 'child' | 'from'> | null {
  const specifier = requiredModule(node)
  if (specifier !== null) return { child: 'default', from: { specifier, name: 'default' } }
  const inner = node.type === 'call_expression' ? node.childForFieldName('function') : node
  const name = inner?.text ?? ''
  if (routers.has(name)) return { child: name, from: null }
  const [start = '', member] = name.split('.')
  if (routers.has(start)) return { child: start, from: null }
  const from = imported.get(start)
  if (!from?.specifier.match(/^[.@~#/]/)) return null
  return { child: member && from.name === '*' ? member : from.name, from }
}

function handlerName(node: Node | undefined): string | null {
  return node && /^(?:identifier|member_expression)$/.test(node.type) ? node.text : null
}
