import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { singularOf } from './models-rails.ts'
import { rubyText } from './ruby-text.ts'

/** Where a line of a routes file stands. */
interface Scope {
  /** Path in front, with `/` at its start. */
  path: string
  /** Module in front of controllers: `admin/`. */
  module: string
  controller: string | null
  /** The resources a block belongs to; `member` and `collection` change what a bare verb means. */
  resource: { name: string; isPlural: boolean; memberPath: string } | null
  on: 'member' | 'collection' | 'nested' | null
}

const ACTIONS: [action: string, method: string, isMember: boolean, tail: string][] = [
  ['index', 'GET', false, ''],
  ['create', 'POST', false, ''],
  ['new', 'GET', false, '/new'],
  ['edit', 'GET', true, '/edit'],
  ['show', 'GET', true, ''],
  ['update', 'PATCH', true, ''],
  ['destroy', 'DELETE', true, ''],
]
const START: Scope = { path: '', module: '', controller: null, resource: null, on: null }

/** Routes of a Rails routes file: resources expanded, namespaces and scopes in front. */
export function railsRoutes({ root, source }: CodeFile): RawRoute[] {
  const draws = root.descendantsOfType('call').filter((call) => call.childForFieldName('method')?.text === 'draw')
  const bodies = draws.length > 0 ? draws.flatMap(bodyOf) : root.namedChildren
  return bodies.flatMap((node) => routesOf(node, START, source))
}

function bodyOf(call: Node): Node[] {
  const block = call.childForFieldName('block')
  return block?.childForFieldName('body')?.namedChildren ?? block?.namedChildren ?? []
}

interface Call {
  node: Node
  method: string
  args: Node[]
  options: Map<string, Node>
}

function routesOf(node: Node, scope: Scope, source: CodeFile['source']): RawRoute[] {
  if (/^(?:if|unless|begin|then|else|if_modifier|unless_modifier|body_statement)$/.test(node.type))
    return node.namedChildren.flatMap((child) => routesOf(child, scope, source))
  if (node.type !== 'call' || node.childForFieldName('receiver')) return []
  const listed = node.childForFieldName('arguments')?.namedChildren ?? []
  const call: Call = {
    node,
    method: node.childForFieldName('method')?.text ?? '',
    args: listed.filter(({ type }) => type !== 'pair' && type !== 'hash'),
    options: optionsOf(listed),
  }
  const inside = (inner: Scope) => bodyOf(node).flatMap((child) => routesOf(child, inner, source))
  if (/^(?:resources|resource)$/.test(call.method)) return resourceRoutes(call, scope, source)
  if (/^(?:namespace|scope)$/.test(call.method)) return inside(scoped(call, scope))
  if (call.method === 'controller') return inside({ ...scope, controller: rubyText(call.args[0]) })
  if (call.method === 'member') return inside({ ...scope, on: 'member' })
  if (call.method === 'collection') return inside({ ...scope, on: 'collection' })
  if (
    /^(?:constraints|defaults|authenticate|authenticated|unauthenticated|concern|with_options|direct)$/.test(
      call.method,
    )
  )
    return call.method === 'concern' || call.method === 'direct' ? [] : inside(scope)
  if (call.method === 'root') return [rootRoute(call, scope, source)]
  return /^(?:get|post|put|patch|delete|match)$/.test(call.method) ? verbRoutes(call, scope, source) : []
}

function optionsOf(listed: Node[]): Map<string, Node> {
  const pairs = listed
    .flatMap((node) => (node.type === 'hash' ? node.namedChildren : [node]))
    .filter(({ type }) => type === 'pair')
  return new Map(
    pairs.flatMap((pair) => {
      const [key, value] = [pair.childForFieldName('key'), pair.childForFieldName('value')]
      return key && value ? [[keyText(key), value] as const] : []
    }),
  )
}

function keyText(key: Node): string {
  return rubyText(key) ?? key.text.replace(/:$/, '')
}

function scoped({ method, args, options }: Call, scope: Scope): Scope {
  const first = rubyText(args[0])
  const path = rubyText(options.get('path')) ?? first ?? ''
  const module = rubyText(options.get('module')) ?? (method === 'namespace' ? (first ?? '') : '')
  return {
    ...scope,
    path: below(scope, path),
    module: module ? `${scope.module}${module}/` : scope.module,
    controller: rubyText(options.get('controller')) ?? scope.controller,
    resource: null,
    on: null,
  }
}

/** A path below where a block stands: below one member of the resources around it, unless it says otherwise. */
function below({ path, resource, on }: Scope, tail: string): string {
  const base =
    resource && on !== 'collection' ? (on === 'member' || on === 'nested' ? resource.memberPath : path) : path
  const clean = tail.replace(/^\/+|\/+$/g, '')
  return clean ? `${base}/${clean}` : base
}

function resourceRoutes(call: Call, scope: Scope, source: CodeFile['source']): RawRoute[] {
  const { args, options, node, method } = call
  const isPlural = method === 'resources'
  return args.flatMap((argument) => {
    const name = rubyText(argument)
    if (name === null) return []
    const path = below(scope.resource ? { ...scope, on: 'nested' } : scope, rubyText(options.get('path')) ?? name)
    const parameter = rubyText(options.get('param')) ?? 'id'
    const controller = `${scope.module}${rubyText(options.get('module')) ? `${rubyText(options.get('module'))}/` : ''}${rubyText(options.get('controller')) ?? (isPlural ? name : pluralController(name))}`
    const memberOf = (key: string) => (isPlural ? `${path}/:${key}` : path)
    const range = source.range(node.childForFieldName('method') ?? node, argument)
    const own = actionsOf(options, isPlural).map(([action, verb, isMember, tail]) => ({
      method: verb,
      path: `${isMember ? memberOf(parameter) : path}${tail}`,
      handler: `${controller}#${action}`,
      router: null,
      range,
    }))
    const nestedKey = parameter === 'id' ? `${singularOf(name)}_id` : parameter
    const inner: Scope = {
      ...scope,
      path,
      controller,
      resource: { name, isPlural, memberPath: memberOf(nestedKey) },
      on: null,
    }
    return [...own, ...bodyOf(node).flatMap((child) => routesOf(child, inner, source))]
  })
}

function pluralController(name: string): string {
  return name.endsWith('s') ? name : /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`
}

/** Actions left by `only:` and `except:`. */
function actionsOf(options: Map<string, Node>, isPlural: boolean): typeof ACTIONS {
  const [only, except] = [namesIn(options.get('only')), namesIn(options.get('except'))]
  return ACTIONS.filter(
    ([action]) =>
      (isPlural || action !== 'index') && (only?.includes(action) ?? true) && !(except?.includes(action) ?? false),
  )
}

function namesIn(node: Node | undefined): string[] | null {
  if (!node) return null
  if (/^(?:simple_symbol|string)$/.test(node.type)) return [rubyText(node) ?? '']
  return /array$/.test(node.type) ? node.namedChildren.map((one) => rubyText(one) ?? one.text) : []
}

function rootRoute({ node, args, options }: Call, scope: Scope, source: CodeFile['source']): RawRoute {
  const handler = rubyText(options.get('to') ?? args[0])
  return {
    method: 'GET',
    path: scope.path || '/',
    handler: handler && scope.module + handler,
    router: null,
    range: source.range(node),
  }
}

const NO_ROUTE = /^(?:to|on|as|via|constraints|controller|action|defaults|format|module|path|param)$/

/** `get 'a', to: 'x#y'`, `get 'a' => 'x#y'`, `post :publish, on: :member`. */
function verbRoutes(call: Call, scope: Scope, source: CodeFile['source']): RawRoute[] {
  const { node, method, args, options } = call
  const arrow = args.length === 0 ? [...options].find(([key]) => !NO_ROUTE.test(key)) : undefined
  const names = arrow ? [arrow[0]] : args.flatMap((one) => rubyText(one) ?? [])
  const verbs = method === 'match' ? (namesIn(options.get('via')) ?? ['any']) : [method]
  const target = rubyText(options.get('to') ?? arrow?.[1])
  const range = source.range(node.childForFieldName('method') ?? node, args[0] ?? node)
  return names.flatMap((name) => {
    const clean = name.replace(/^\/+/, '').replace(/\(\.:format\)$/, '')
    const path = addressOf(clean, call, scope)
    const handler = handlerOf(clean, { target, call, scope })
    return verbs.map((verb) => ({
      method: (verb === 'all' ? 'any' : verb).toUpperCase(),
      path,
      handler,
      router: null,
      range,
    }))
  })
}

function addressOf(name: string, { options }: Call, scope: Scope): string {
  const on = rubyText(options.get('on')) ?? scope.on
  const isMember = scope.resource?.isPlural === true && on === 'member'
  if (isMember) return `${scope.resource?.memberPath.replace(/:\w+$/, ':id')}/${name}`
  const place = on === 'member' || on === 'collection' ? on : scope.resource ? 'nested' : null
  return below({ ...scope, on: place }, name) || '/'
}

function handlerOf(
  name: string,
  { target, call, scope }: { target: string | null; call: Call; scope: Scope },
): string | null {
  if (target?.includes('#')) return scope.module + target
  // What answers is no action of a controller: a redirection, or a program of its own.
  if (target === null && (call.options.has('to') || call.args.length === 0)) return null
  const controller = rubyText(call.options.get('controller')) ?? scope.controller
  if (controller) return `${controller}#${target ?? rubyText(call.options.get('action')) ?? name}`
  return target === null && /^\w+\/\w+$/.test(name) ? `${scope.module}${name.replace('/', '#')}` : null
}
