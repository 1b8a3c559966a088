import type { Node } from 'web-tree-sitter'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, objectEntries, stringValue } from './arguments.ts'

const PACKAGES = ['express', 'fastify', 'hono', '@hono/zod-openapi', 'koa-router', '@koa/router']

const CALLS = `
(call_expression function: (member_expression property: (property_identifier) @method)
  (#match? @method "^(get|post|put|delete|patch|options|head|all|route)$")) @call
`

/** Routes of Express, Fastify, Hono and Koa routers made in the file. `packages` are the file's imports. */
export function javascriptRoutes(root: Node, source: SourceText, packages: Set<string>): RawRoute[] {
  if (!PACKAGES.some((name) => packages.has(name))) return []
  const routers = routersOf(root)
  if (packages.has('fastify')) routers.add('fastify')
  return matchesOf(source.grammar, CALLS, root).flatMap((captures) => {
    const call = captures.get('call')
    const method = captures.get('method')?.text
    if (!call || !method || !routers.has(chainRoot(call) ?? '')) return []
    return method === 'route' ? objectRoute(call, source) : methodRoute(call, method, source)
  })
}

const MAKES_ROUTER =
  /^(?:new\s+)?(?:(?:express|fastify|Fastify)\s*\(|express\.Router\s*\(|Router\s*[(<]|(?:OpenAPI)?Hono\s*[(<]|KoaRouter\s*\(|require\(['"](?:express|fastify)['"]\)\s*\()/

/** Names of variables that hold a router. */
function routersOf(root: Node): Set<string> {
  const names = new Set<string>()
  for (const declarator of root.descendantsOfType('variable_declarator')) {
    const value = declarator.childForFieldName('value')
    const name = declarator.childForFieldName('name')
    if (value && name?.type === 'identifier' && MAKES_ROUTER.test(value.text.slice(0, 80))) names.add(name.text)
  }
  return names
}

/** Nobody chains more calls; without a limit a long chain would be walked once per call. */
const MAX_CHAIN = 60

/** Variable at the start of `app.route('/a').get(…).post(…)`. */
function chainRoot(call: Node): string | null {
  let current: Node | null = call
  for (let depth = 0; current && depth < MAX_CHAIN; depth += 1) {
    if (current.type === 'identifier') return current.text
    current = current.childForFieldName('function') ?? current.childForFieldName('object')
  }
  return null
}

function methodRoute(call: Node, method: string, source: SourceText): RawRoute[] {
  const args = argumentsOf(call)
  const chained = routeBelow(call)
  const path = chained ?? stringValue(args[0])
  const isRoute = path !== null && /^[/*]/.test(path) && args.length > (chained === null ? 1 : 0)
  if (!isRoute) return []
  return [
    {
      method: method === 'all' ? 'ANY' : method.toUpperCase(),
      path,
      handler: handlerName(args.at(-1)),
      router: null,
      range: source.range(call.childForFieldName('function')?.childForFieldName('property') ?? call, args[0] ?? call),
    },
  ]
}

/** Path of the `.route('/path')` a method is chained to. */
function routeBelow(call: Node): string | null {
  let current = call.childForFieldName('function')?.childForFieldName('object') ?? null
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee = current.childForFieldName('function')
    if (callee?.childForFieldName('property')?.text === 'route') return stringValue(argumentsOf(current)[0])
    current = callee?.childForFieldName('object') ?? null
  }
  return null
}

/** Fastify's `app.route({ method: 'GET', url: '/a', handler })`. */
function objectRoute(call: Node, source: SourceText): RawRoute[] {
  const entries = objectEntries(argumentsOf(call)[0])
  const path = stringValue(entries.get('url') ?? entries.get('path'))
  const method = entries.get('method')
  if (path === null || !method) return []
  const methods = method.type === 'array' ? method.namedChildren.map((one) => stringValue(one)) : [stringValue(method)]
  return methods.flatMap((one) =>
    one
      ? [
          {
            method: one.toUpperCase(),
            path,
            handler: handlerName(entries.get('handler')),
            router: null,
            range: source.range(call),
          },
        ]
      : [],
  )
}

function handlerName(node: Node | undefined): string | null {
  return node && /^(?:identifier|member_expression)$/.test(node.type) ? node.text : null
}
