import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf } from './arguments.ts'
import type { CodeFile } from './code-file.ts'

const VERBS = /^(?:get|post|put|delete|patch|head|options|trace|any|on)(?:_service)?$/

interface Routed {
  routes: RawRoute[]
  mounts: RouteMount[]
}

/** Routes of axum, actix-web and Rocket. */
export function rustRoutes({ root, source }: CodeFile): Routed {
  const { content } = source
  const isAxum = /\baxum\b/.test(content)
  const isActix = /\bactix_web\b/.test(content)
  if (!isAxum && !isActix && !/\brocket\b/.test(content)) return { routes: [], mounts: [] }
  const hasAttributes = /#\[(?:\w+::)*(?:get|post|put|delete|patch|head|options|path)\(/.test(content)
  const found: Routed = { routes: hasAttributes ? attributeRoutes(root, source) : [], mounts: [] }
  if (!(isAxum || isActix) || !/\.(?:route|route_service|nest|nest_service|merge|service)\(/.test(content)) return found
  for (const call of root.descendantsOfType('call_expression')) {
    if (isInTests(call)) continue
    const method = call.childForFieldName('function')?.childForFieldName('field')?.text
    if (method === 'route' || method === 'route_service') found.routes.push(...chainedRoutes(call, source))
    if (/^(?:nest|merge|nest_service)$/.test(method ?? '')) found.mounts.push(...mountOf(call, method === 'merge'))
    if (method === 'service' && isActix) found.mounts.push(...serviceMounts(call))
  }
  return found
}

function isInTests(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parent)
    if (at.type === 'mod_item' && /^tests?$/.test(at.childForFieldName('name')?.text ?? '')) return true
  return false
}

const ATTRIBUTE =
  /^#\[(?:(?:\w+::)*(get|post|put|delete|patch|head|options)\(\s*"|utoipa::path\(\s*(get|post|put|delete|patch|head|options),[\s\S]*?\bpath\s*=\s*")([^"]*)"/

/** `#[get("/a")] async fn index()`: its handler's name is what it is mounted by. */
function attributeRoutes(root: Node, source: CodeFile['source']): RawRoute[] {
  return root.descendantsOfType('attribute_item').flatMap((node) => {
    const match = ATTRIBUTE.exec(node.text)
    const verb = match?.[1] ?? match?.[2]
    const path = match?.[3]
    if (!verb || path === undefined || isInTests(node)) return []
    let next = node.nextNamedSibling
    while (next && /^(?:attribute_item|line_comment|block_comment)$/.test(next.type)) next = next.nextNamedSibling
    const handler = next?.type === 'function_item' ? (next.childForFieldName('name')?.text ?? null) : null
    if (handler === null) return []
    return [{ method: verb.toUpperCase(), path, handler, router: handler, range: source.range(node) }]
  })
}

/** `.route("/a", get(list).post(add))`, `.route("/a", web::get().to(list))`, also below `web::resource("/a")`. */
function chainedRoutes(call: Node, source: CodeFile['source']): RawRoute[] {
  const args = argumentsOf(call)
  const own = textOf(args[0])
  const resource = own === null ? scopeOf(call, 'resource') : null
  const path = own ?? resource
  const handlers = own === null ? args[0] : args[1]
  if (path === null || !handlers || !/^(?:\/|$)/.test(path)) return []
  const verbs = verbsOf(handlers)
  const prefix = `${nestedIn(call)}${scopeOf(call, 'scope') ?? ''}`
  const shared = {
    path: (prefix + path).replace(/\/\//g, '/') || '/',
    router: builderOf(call),
    range: source.range(fieldOf(call), args[0]),
  }
  const methods = verbs.length > 0 ? verbs : [{ verb: 'any', handler: null }]
  return methods.map(({ verb, handler }) => ({
    method: verb === 'on' ? 'ANY' : verb.toUpperCase(),
    handler,
    ...shared,
  }))
}

function fieldOf(call: Node): Node {
  return call.childForFieldName('function')?.childForFieldName('field') ?? call
}

const MAX_CHAIN = 200

/** Verbs of `get(list).post(add)` and `web::get().to(list)`, with their handlers, in order. */
function verbsOf(node: Node): { verb: string; handler: string | null }[] {
  const found: { verb: string; handler: string | null }[] = []
  let target: string | null = null
  let current: Node | null = node
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee: Node | null = current.childForFieldName('function')
    const name = (callee?.childForFieldName('field') ?? callee?.childForFieldName('name') ?? callee)?.text ?? ''
    const handler = nameOf(argumentsOf(current)[0])
    if (name === 'to') target = handler
    else if (VERBS.test(name)) found.unshift({ verb: name.replace('_service', ''), handler: handler ?? target })
    current = callee?.childForFieldName('value') ?? null
  }
  return found
}

function nameOf(node: Node | undefined): string | null {
  return node && /^(?:identifier|scoped_identifier)$/.test(node.type) ? node.text : null
}

/** Path of the `web::scope("/a")` or `web::resource("/a")` a call is chained to. */
function scopeOf(call: Node, kind: 'scope' | 'resource'): string | null {
  let current = call.childForFieldName('function')?.childForFieldName('value') ?? null
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee: Node | null = current.childForFieldName('function')
    const isPath = callee !== null && /identifier$/.test(callee.type)
    if (isPath && callee.text.split('::').at(-1) === kind) return textOf(argumentsOf(current)[0])
    current = callee?.childForFieldName('value') ?? null
  }
  return null
}

/** Prefix of the `.nest("/a", …)` and `web::scope("/a").service(…)` a call stands inside of. */
function nestedIn(call: Node): string {
  let prefix = ''
  for (let node = call.parent; node; node = node.parent) {
    if (node.type !== 'arguments' || node.parent?.type !== 'call_expression') continue
    const method = node.parent.childForFieldName('function')?.childForFieldName('field')?.text
    if (method === 'nest') prefix = (textOf(argumentsOf(node.parent)[0]) ?? '') + prefix
    if (method === 'service') prefix = (scopeOf(node.parent, 'scope') ?? '') + prefix
  }
  return prefix
}

/** What a router is known by: its function, and the variable it is built in. */
function builderOf(node: Node): string | null {
  let variable: string | null = null
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'let_declaration' && variable === null)
      variable = at.childForFieldName('pattern')?.text.replace(/^mut\s+/, '') ?? null
    if (at.type !== 'function_item') continue
    const name = at.childForFieldName('name')?.text ?? ''
    return variable === null ? name : `${name}.${variable}`
  }
  return null
}

/** `.nest("/api", users::router())`, `.nest("/api", api)`, `.merge(other())`. */
function mountOf(call: Node, isMerge: boolean): RouteMount[] {
  const args = argumentsOf(call)
  const prefix = isMerge ? '' : textOf(args[0])
  const parent = builderOf(call)
  const inner = args[isMerge ? 0 : 1]
  const target = baseOf(inner)
  if (prefix === null || parent === null || !target) return []
  const whole = `${nestedIn(call)}${prefix}`
  if (target.type === 'identifier' && inner?.type !== 'call_expression')
    return [{ parent, prefix: whole, child: `${parent.split('.')[0]}.${target.text}`, from: null }]
  return [{ parent, prefix: whole, child: target.text.split('::').at(-1) ?? '', from: moduleOf(target.text) }]
}

/** The function or variable at the start of a chain. */
function baseOf(node: Node | undefined): Node | null {
  let current = node ?? null
  for (let depth = 0; current?.type === 'call_expression' && depth < MAX_CHAIN; depth += 1) {
    const callee: Node | null = current.childForFieldName('function')
    current = callee?.childForFieldName('value') ?? callee
  }
  return current && /^(?:identifier|scoped_identifier)$/.test(current.type) ? current : null
}

/** Module in front of a function's name: a file of that name is looked for. */
function moduleOf(path: string): RouteMount['from'] {
  const parts = path.split('::').filter((part) => !/^(?:crate|self|super)$/.test(part))
  const module = parts.at(-2)
  return module ? { specifier: module, name: parts.at(-1) ?? '' } : null
}

/** actix's `web::scope("/api").service(list)`: the handlers named there get the prefix. */
function serviceMounts(call: Node): RouteMount[] {
  const prefix = `${nestedIn(call)}${scopeOf(call, 'scope') ?? ''}`
  const target = nameOf(argumentsOf(call)[0])
  if (prefix === '' || target === null) return []
  return [{ parent: builderOf(call) ?? '', prefix, child: target.split('::').at(-1) ?? '', from: moduleOf(target) }]
}

function textOf(node: Node | undefined): string | null {
  return node?.type === 'string_literal' ? node.text.slice(1, -1) : null
}
