import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { singularOf } from './models-rails.ts'

const VERB = /^(?:get|post|put|patch|delete|options|any|match|map)$/
const RESOURCES: [action: string, method: string, isMember: boolean, tail: string][] = [
  ['index', 'GET', false, ''],
  ['create', 'GET', false, '/create'],
  ['store', 'POST', false, ''],
  ['show', 'GET', true, ''],
  ['edit', 'GET', true, '/edit'],
  ['update', 'PUT', true, ''],
  ['destroy', 'DELETE', true, ''],
]

/** Routes of Laravel (`Route::get`) and of Slim and Lumen (`$app->get`), with the prefixes of their groups. */
export function phpRoutes({ root, source }: CodeFile): RawRoute[] {
  const { content, path } = source
  const isLaravel = /(?:^|\/)routes\//.test(path) && /\bRoute::/.test(content)
  const isSlim =
    /\bSlim\\|RouteCollectorProxy|Laravel\\Lumen/.test(content) ||
    (/(?:^|\/)(?:app\/)?routes(?:\/|\.php$)/.test(path) && /\$(?:app|router|group)->/.test(content))
  if (!isLaravel && !isSlim) return []
  const base = isLaravel && /(?:^|\/)routes\/api\.php$/.test(path) ? '/api' : ''
  return root.descendantsOfType(['scoped_call_expression', 'member_call_expression']).flatMap((call) => {
    const method = call.childForFieldName('name')?.text ?? ''
    if (!isOnRouter(call, isLaravel)) return []
    if (isLaravel && /^(?:apiResource|resource)$/.test(method))
      return resourceRoutes(call, { base, isApi: method === 'apiResource' }, source)
    return VERB.test(method) ? verbRoutes(call, { method, base }, source) : []
  })
}

/** `Route::…`, also behind its own chain; `$app->`, `$router->`, `$group->`. */
function isOnRouter(call: Node, isLaravel: boolean): boolean {
  if (call.type === 'scoped_call_expression') return isLaravel && call.childForFieldName('scope')?.text === 'Route'
  const object = call.childForFieldName('object')
  if (object?.type === 'variable_name') return !isLaravel && /^\$(?:app|router|group|r|g)$/.test(object.text)
  if (/^(?:scoped|member)_call_expression$/.test(object?.type ?? '') && object)
    return isLaravel && isOnRouter(object, true)
  return !isLaravel && /^\$this->(?:app|router)$/.test(object?.text ?? '')
}

interface Verb {
  method: string
  base: string
}

function verbRoutes(call: Node, { method, base }: Verb, source: CodeFile['source']): RawRoute[] {
  const args = argumentsOf(call)
  const isListed = /^(?:match|map)$/.test(method)
  const [pathNode, target] = isListed ? args.slice(1) : args
  const path = phpText(pathNode)
  if (path === null || !target) return []
  const methods = isListed ? textsOf(args[0]) : [method]
  const range = source.range(call.childForFieldName('name') ?? call, pathNode)
  const whole = joined(base, prefixOf(call), path)
  return methods.map((one) => ({
    method: one.toUpperCase(),
    path: whole,
    handler: handlerOf(target),
    router: null,
    range,
  }))
}

function resourceRoutes(
  call: Node,
  { base, isApi }: { base: string; isApi: boolean },
  source: CodeFile['source'],
): RawRoute[] {
  const [first, second] = argumentsOf(call)
  const name = phpText(first)
  if (name === null) return []
  const chain = chainBehind(call)
  const list = (key: string) => chain.find((one) => one.name === key)?.args.flatMap(textsOf)
  const [only, except] = [list('only'), list('except')]
  const parts = name.split('.')
  const nested = parts.map((part, at) => (at < parts.length - 1 ? `${part}/{${parameterOf(part)}}` : part)).join('/')
  const controller = second ? (handlerOf(second) ?? '') : ''
  const range = source.range(call.childForFieldName('name') ?? call, first)
  return RESOURCES.filter(
    ([action]) =>
      !(isApi && /^(?:create|edit)$/.test(action)) && (only?.includes(action) ?? true) && !except?.includes(action),
  ).map(([action, method, isMember, tail]) => ({
    method,
    path: joined(base, prefixOf(call), `${nested}${isMember ? `/{${parameterOf(parts.at(-1) ?? '')}}` : ''}${tail}`),
    handler: controller ? `${controller}@${action}` : null,
    router: null,
    range,
  }))
}

function parameterOf(part: string): string {
  return singularOf(part.split('/').at(-1) ?? part).replaceAll('-', '_')
}

/** Prefixes of the groups around a call and of the chain it stands in. */
function prefixOf(call: Node): string {
  let prefix = chainPrefix(call.childForFieldName('object'))
  for (let at = call.parent; at; at = at.parent) {
    if (!/^(?:anonymous_function(?:_creation_expression)?|arrow_function)$/.test(at.type)) continue
    const group = at.parent?.type === 'argument' ? at.parent.parent?.parent : null
    if (group?.childForFieldName('name')?.text !== 'group') continue
    const [first] = argumentsOf(group)
    prefix = `${chainPrefix(group.childForFieldName('object'))}/${groupPrefix(first)}/${prefix}`
  }
  return prefix
}

/** `Route::prefix('a')->middleware('b')`: what its `prefix` calls say. */
function chainPrefix(node: Node | null): string {
  let prefix = ''
  for (let at = node, depth = 0; at && depth < 20; at = at.childForFieldName('object'), depth += 1)
    if (at.childForFieldName('name')?.text === 'prefix') prefix = `${phpText(argumentsOf(at)[0]) ?? ''}/${prefix}`
  return prefix
}

/** First argument of a group: a path, or options with a `prefix`. */
function groupPrefix(node: Node | undefined): string {
  const path = phpText(node)
  if (path !== null) return path
  const pair =
    node?.type === 'array_creation_expression'
      ? node.namedChildren.find((one) => phpText(one.namedChildren[0]) === 'prefix')
      : undefined
  return phpText(pair?.namedChildren[1]) ?? ''
}

function joined(...parts: string[]): string {
  const path = parts
    .join('/')
    .replace(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, '')
  return `/${path}`
}

/** Calls chained behind a call. */
function chainBehind(call: Node): { name: string; args: Node[] }[] {
  const found: { name: string; args: Node[] }[] = []
  for (let at = call.parent; at?.type === 'member_call_expression'; at = at.parent)
    found.push({ name: at.childForFieldName('name')?.text ?? '', args: argumentsOf(at) })
  return found
}

/** `[C::class, 'show']`, `C::class`, `'C@show'`, `C::class . ':home'`. */
function handlerOf(node: Node): string | null {
  const classOf = (text: string) => /^\\?([\w\\]+)::class$/.exec(text)?.[1]?.split('\\').at(-1) ?? null
  if (node.type === 'class_constant_access_expression') return classOf(node.text)
  if (node.type === 'array_creation_expression') {
    const [owner, action] = node.namedChildren.map((one) => one.namedChildren[0])
    const name = owner ? classOf(owner.text) : null
    return name && phpText(action) ? `${name}@${phpText(action)}` : null
  }
  if (node.type === 'binary_expression') {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')]
    return left && classOf(left.text) ? `${classOf(left.text)}${phpText(right) ?? ''}` : null
  }
  return phpText(node)
}

function textsOf(node: Node | undefined): string[] {
  const nodes =
    node?.type === 'array_creation_expression'
      ? node.namedChildren.flatMap((one) => one.namedChildren[0] ?? [])
      : node
        ? [node]
        : []
  return nodes.flatMap((one) => phpText(one) ?? [])
}

function argumentsOf(call: Node): Node[] {
  const listed = call.childForFieldName('arguments')?.namedChildren ?? []
  return listed.flatMap((one) => (one.type === 'argument' ? (one.namedChildren.at(-1) ?? []) : []))
}

/** Text of a PHP string without variables; null for anything else. */
function phpText(node: Node | null | undefined): string | null {
  if (!node || !/^(?:string|encapsed_string)$/.test(node.type)) return null
  return node.namedChildren.every(({ type }) => /^(?:string_content|string_value|escape_sequence)$/.test(type))
    ? node.text.slice(1, -1)
    : null
}
