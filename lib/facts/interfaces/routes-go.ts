import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { type GoRouter, goRouters, routerOf } from './routers-go.ts'

const CALLS = `
(call_expression function: (selector_expression operand: (_) @router field: (field_identifier) @method)
  (#match? @method "^(GET|POST|PUT|DELETE|PATCH|OPTIONS|HEAD|Any|Get|Post|Put|Delete|Patch|Options|Head|All|Handle|HandleFunc|Add|Method|MethodFunc|Mount)$")) @call
`

interface Routed {
  routes: RawRoute[]
  mounts: RouteMount[]
}

/** Routes of gin, echo, chi, fiber, gorilla and net/http, and how their groups hang below each other. */
export function goRoutes({ root, source, packages }: CodeFile): Routed {
  const has = (pattern: RegExp) => [...packages].some((name) => pattern.test(name))
  const kinds = {
    upper: has(/(?:gin-gonic\/gin|labstack\/echo|julienschmidt\/httprouter|pocketbase\/tools\/router)(?:\/v\d+)?$/),
    title: has(/go-chi\/chi(?:\/v\d+)?$|gofiber\/fiber(?:\/v\d+)?$/),
    http: packages.has('net/http') || has(/gorilla\/mux$|go-chi\/chi/),
  }
  const isSeen =
    (kinds.http && /\.Handle(?:Func)?\(/.test(source.content)) ||
    (kinds.upper && /\.(?:[A-Z]{3,7}|Any|Add|Group|Handle)\(/.test(source.content)) ||
    (kinds.title &&
      /\.(?:Get|Post|Put|Delete|Patch|Head|Options|All|Mount|Route|Group|Method\w*)\(/.test(source.content))
  if (!isSeen) return { routes: [], mounts: [] }
  const routers = goRouters(root)
  const found: Routed = { routes: [], mounts: routers.mounts }
  for (const captures of matchesOf(source.grammar, CALLS, root)) {
    const [call, operand, method] = [captures.get('call'), captures.get('router'), captures.get('method')?.text ?? '']
    const router = operand && call ? routerOf(operand, call, routers) : null
    if (!call || !router) continue
    if (method === 'Mount') found.mounts.push(...mountOf(call, router))
    else if (isRouteCall(method, router, kinds))
      found.routes.push(...routeOf(call, { method, router, isGin: kinds.upper }, source))
  }
  return found
}

function isRouteCall(
  method: string,
  { kind }: GoRouter,
  kinds: { upper: boolean; title: boolean; http: boolean },
): boolean {
  if (/^(?:Handle|HandleFunc)$/.test(method)) return kinds.http || kinds.upper
  if (/^(?:Add|Method|MethodFunc)$/.test(method)) return kind !== 'mux' && (kinds.upper || kinds.title)
  if (kind === 'mux') return false
  return /^(?:[A-Z]+|Any)$/.test(method) ? kinds.upper : kinds.title
}

interface Registered {
  method: string
  router: GoRouter
  isGin: boolean
}

function routeOf(call: Node, { method, router, isGin }: Registered, source: CodeFile['source']): RawRoute[] {
  const args = argumentsOf(call)
  const isVerbFirst = args.length >= 3 && (/^(?:Add|Method|MethodFunc)$/.test(method) || (method === 'Handle' && isGin))
  const isHandle = method.startsWith('Handle') && !isVerbFirst
  const [pathNode, last] = [args[isVerbFirst ? 1 : 0], args.at(-1)]
  const written = stringValue(pathNode)
  const match = (isHandle ? /^(?:([A-Z]+)\s+)?(?:[\w.-]+)?(\/.*|)$/ : /^()(\/.*|)$/).exec(written ?? '\n')
  if (!match || args.length < 2 || !last) return []
  const verb = isHandle ? (match[1] ?? null) : isVerbFirst ? verbOf(args[0]) : method.replace(/^(?:Any|All)$/, 'ANY')
  const shared = {
    path: router.prefix + (match[2] ?? '') || '/',
    handler: /^(?:identifier|selector_expression)$/.test(last.type) ? last.text : null,
    router: router.name,
    range: source.range(call.childForFieldName('function')?.childForFieldName('field') ?? call, pathNode),
  }
  const methods = isHandle && verb === null ? methodsBehind(call) : [verb]
  return methods.map((one) => ({ method: (one ?? 'ANY').toUpperCase(), ...shared }))
}

/** `"GET"`, `http.MethodGet`. */
function verbOf(node: Node | undefined): string | null {
  return stringValue(node) ?? /^http\.Method(\w+)$/.exec(node?.text ?? '')?.[1] ?? null
}

/** gorilla's `.Methods("GET", "POST")` behind a registration. */
function methodsBehind(call: Node): (string | null)[] {
  let current: Node = call
  for (let depth = 0; depth < 6; depth += 1) {
    const outer: Node | null = current.parent?.type === 'selector_expression' ? current.parent.parent : null
    if (outer?.type !== 'call_expression') break
    current = outer
    if (current.childForFieldName('function')?.childForFieldName('field')?.text !== 'Methods') continue
    const methods = argumentsOf(current).flatMap((one) => verbOf(one) ?? [])
    if (methods.length > 0) return methods
  }
  return [null]
}

/** chi's `r.Mount("/admin", adminRouter())`. */
function mountOf(call: Node, router: GoRouter): RouteMount[] {
  const [first, second] = argumentsOf(call)
  const path = stringValue(first)
  const callee = second?.type === 'call_expression' ? second.childForFieldName('function') : null
  const name = callee
    ? `${callee.childForFieldName('field')?.text ?? callee.text}()`
    : second?.type === 'identifier'
      ? second.text
      : null
  if (path === null || name === null || router.name === null) return []
  return [{ parent: router.name, prefix: router.prefix + path, child: name, from: null }]
}
