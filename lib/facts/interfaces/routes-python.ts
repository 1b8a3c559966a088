import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, keywordsOf, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { calledName } from './python-class.ts'

const METHOD = /^(?:get|post|put|delete|patch|options|head|trace|route|api_route|websocket)$/
const USUAL_NAMES = /^(?:app|\w*router|api|\w*bp|\w*blueprint|self\.(?:app|router))$/

interface Routed {
  routes: RawRoute[]
  mounts: RouteMount[]
}

/** Routes of FastAPI, Starlette, Flask and Quart, and how their routers hang below each other. */
export function pythonRoutes({ root, source, packages }: CodeFile): Routed {
  const isKnown = [...packages].some((name) => /^(?:fastapi|starlette|flask\w*|quart|litestar)(?:\.|$)/.test(name))
  const prefixes =
    isKnown || /\b(?:APIRouter|Blueprint|FastAPI|Flask)\(/.test(source.content) ? routerPrefixes(root) : null
  if (!prefixes) return { routes: [], mounts: [] }
  const decorated = root
    .descendantsOfType('decorated_definition')
    .flatMap((node) => decoratedRoutes(node, prefixes, source))
  const hasCalls = /\b(?:add_url_rule|add_api_route|include_router|register_blueprint)\b/.test(source.content)
  const calls = hasCalls ? root.descendantsOfType('call') : []
  return {
    routes: [...decorated, ...calls.flatMap((call) => addedRoute(call, prefixes, source))],
    mounts: calls.flatMap((call) => mountOf(call, { root, prefixes })),
  }
}

function decoratedRoutes(node: Node, prefixes: Map<string, string>, source: CodeFile['source']): RawRoute[] {
  const handler = node.childForFieldName('definition')?.childForFieldName('name')?.text ?? null
  return node.namedChildren.flatMap((decorator) => {
    const call = decorator.type === 'decorator' ? decorator.firstNamedChild : null
    const callee = call?.type === 'call' ? call.childForFieldName('function') : null
    const method = callee?.childForFieldName('attribute')?.text ?? ''
    const router = callee?.childForFieldName('object')?.text ?? ''
    const isRouter = prefixes.has(router) || USUAL_NAMES.test(router)
    const path =
      call && METHOD.test(method) && isRouter ? stringValue(argumentsOf(call)[0] ?? keywordsOf(call).get('path')) : null
    if (!call || path === null || !/^(?:\/|$)/.test(path)) return []
    const shared = { path: (prefixes.get(router) ?? '') + path, handler, router, range: source.range(call) }
    return methodsOf(method, call).map((one) => ({ method: one, ...shared }))
  })
}

/** Variables that hold an application or router of this file, with its prefix. */
function routerPrefixes(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const assignment of root.descendantsOfType('assignment')) {
    const [name, value] = [assignment.childForFieldName('left'), assignment.childForFieldName('right')]
    if (
      !value ||
      !name ||
      !/^(?:FastAPI|APIRouter|Flask|Quart|Blueprint|APIBlueprint|Starlette)$/.test(calledName(value))
    )
      continue
    const keywords = keywordsOf(value)
    found.set(name.text, stringValue(keywords.get('prefix') ?? keywords.get('url_prefix')) ?? '')
  }
  return found
}

function methodsOf(method: string, call: Node): string[] {
  if (!/^(?:route|api_route)$/.test(method)) return [method.toUpperCase()]
  const listed =
    keywordsOf(call)
      .get('methods')
      ?.namedChildren.flatMap((one) => stringValue(one) ?? []) ?? []
  return listed.length ? listed.map((one) => one.toUpperCase()) : ['GET']
}

/** `app.add_url_rule('/a', view_func=…)`, `app.add_api_route('/a', handler)`. */
function addedRoute(call: Node, prefixes: Map<string, string>, source: CodeFile['source']): RawRoute[] {
  if (!/^(?:add_url_rule|add_api_route)$/.test(calledName(call))) return []
  const router = call.childForFieldName('function')?.childForFieldName('object')?.text ?? ''
  if (!prefixes.has(router) && !USUAL_NAMES.test(router)) return []
  const args = argumentsOf(call).filter(({ type }) => type !== 'keyword_argument')
  const keywords = keywordsOf(call)
  const path = stringValue(args[0] ?? keywords.get('rule') ?? keywords.get('path'))
  if (path === null || !path.startsWith('/')) return []
  const given =
    keywords.get('view_func') ?? keywords.get('endpoint') ?? (calledName(call) === 'add_api_route' ? args[1] : args[2])
  const handler = given && /^(?:identifier|attribute)$/.test(given.type) ? given.text : null
  const shared = { path: (prefixes.get(router) ?? '') + path, handler, router, range: source.range(call) }
  return methodsOf('route', call).map((method) => ({ method, ...shared }))
}

interface Mounting {
  root: Node
  prefixes: Map<string, string>
}

/** `app.include_router(users.router, prefix='/users')`, `app.register_blueprint(bp, url_prefix='/bp')`. */
function mountOf(call: Node, { root, prefixes }: Mounting): RouteMount[] {
  if (!/^(?:include_router|register_blueprint)$/.test(calledName(call))) return []
  const parent = call.childForFieldName('function')?.childForFieldName('object')?.text
  const written = (keywordsOf(call).get('router') ?? argumentsOf(call)[0])?.text
  if (!parent || !written || !/^[\w.]+$/.test(written)) return []
  const keywords = keywordsOf(call)
  const given = keywords.get('prefix') ?? keywords.get('url_prefix')
  const prefix = (prefixes.get(parent) ?? '') + (given ? (stringValue(given) ?? `{${given.text}}`) : '')
  if (prefixes.has(written)) return [{ parent, prefix, child: written, from: null }]
  const from = importOf(written, root)
  return from
    ? [{ parent, prefix, child: written.includes('.') ? (written.split('.').at(-1) ?? '') : from.name, from }]
    : []
}

/** The import that brings the start of a dotted name. */
function importOf(written: string, root: Node): RouteMount['from'] {
  const start = written.split('.')[0] ?? ''
  for (const statement of root.descendantsOfType(['import_from_statement', 'import_statement'])) {
    const specifier = statement.childForFieldName('module_name')?.text ?? null
    for (const child of statement.childrenForFieldName('name')) {
      const name = (child?.type === 'aliased_import' ? child.childForFieldName('name') : child)?.text ?? ''
      const alias = child?.childForFieldName('alias')?.text ?? name
      const isWhole = specifier === null && (alias === start || written.startsWith(`${name}.`))
      if (isWhole) return { specifier: name, name: '*' }
      if (specifier !== null && alias === start) return { specifier, name }
    }
  }
  return null
}
