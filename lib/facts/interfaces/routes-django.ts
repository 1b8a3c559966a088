import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, keywordsOf, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { calledName } from './python-class.ts'

const LIST = 'urlpatterns'

/** Routes of a Django URL configuration, those of REST framework's routers included. */
export function djangoRoutes({ root, source }: CodeFile): { routes: RawRoute[]; mounts: RouteMount[] } {
  const found: { routes: RawRoute[]; mounts: RouteMount[] } = { routes: [], mounts: [] }
  if (!/\burlpatterns\b/.test(source.content) || !/\bdjango\b/.test(source.content)) return found
  for (const call of root.descendantsOfType('call')) {
    const name = call.childForFieldName('function')?.text ?? ''
    if (/^(?:path|re_path|url)$/.test(name)) readPath(call, name, { found, source })
    else if (/^\w*router\.register$/.test(name)) found.routes.push(...restRoutes(call, source))
  }
  return withJoinedLists(found)
}

/** A list that nothing includes is added to `urlpatterns` as it is. */
function withJoinedLists({ routes, mounts }: Reading['found']): Reading['found'] {
  const included = new Set(mounts.filter(({ from }) => from === null).map(({ child }) => child))
  const listOf = (name: string) => (included.has(name) || /router$/.test(name) ? name : LIST)
  return {
    routes: routes.map((route) => ({ ...route, router: listOf(route.router ?? LIST) })),
    mounts: mounts.map((mount) => ({ ...mount, parent: listOf(mount.parent) })),
  }
}

interface Reading {
  found: { routes: RawRoute[]; mounts: RouteMount[] }
  source: CodeFile['source']
}

function readPath(call: Node, name: string, { found, source }: Reading): void {
  const [first, second] = argumentsOf(call)
  const written = stringValue(first)
  const view = second?.type === 'keyword_argument' ? keywordsOf(call).get('view') : second
  if (written === null || !view || !isListed(call)) return
  const path = name === 'path' ? written : readableRegex(patternOf(first) ?? written)
  const parent = listAround(call)
  if (calledName(view) === 'include') {
    const mount = mountOf(view)
    if (mount) found.mounts.push({ parent, prefix: path, ...mount })
    return
  }
  if (view.text.startsWith('admin.site')) return
  const handler = view.text.replace(/\.as_view\([\s\S]*$/, '').replace(/\s+/g, ' ')
  found.routes.push({
    method: 'ANY',
    path,
    handler: /^[\w.]+$/.test(handler) ? handler : null,
    router: parent,
    range: source.range(call),
  })
}

/** What `include(…)` brings in: a module, a router, a list of this file, also one with a name space. */
function mountOf(include: Node): Pick<RouteMount, 'child' | 'from'> | null {
  const given = argumentsOf(include)[0]
  const target = given?.type === 'tuple' ? given.firstNamedChild : given
  const module = stringValue(target)
  if (module) return { child: LIST, from: { specifier: module, name: LIST } }
  const router = /^(\w*router)\.urls$/.exec(target?.text ?? '')?.[1]
  if (router) return { child: router, from: null }
  if (target?.type === 'list') return { child: nameInside(include), from: null }
  return target?.type === 'identifier' ? { child: target.text, from: null } : null
}

/** The variable whose list holds an entry; lists besides `urlpatterns` count where something includes them. */
function listAround(call: Node): string {
  for (let at = call.parent; at && !/(?:statement|block|module)$/.test(at.type); at = at.parent) {
    if (at.type === 'call' && calledName(at) === 'include') return nameInside(at)
    const left = /assignment$/.test(at.type) ? at.childForFieldName('left') : null
    if (left) return left.type === 'identifier' ? left.text : LIST
  }
  return LIST
}

/** `include([path(…)])`: a list without a name of its own. */
function nameInside(include: Node): string {
  return `include ${include.startIndex}`
}

/** Whether a call stands in a list, as entries of `urlpatterns` do. */
function isListed(call: Node): boolean {
  return call.parent?.type === 'list' || call.parent?.type === 'argument_list' || call.parent?.parent?.type === 'list'
}

/** A pattern as it is written: `\d` of a raw string is no escape. */
function patternOf(node: Node | undefined): string | null {
  const parts = node?.type === 'concatenated_string' ? node.namedChildren.map(patternOf) : null
  if (parts) return parts.includes(null) ? null : parts.join('')
  return /^[rR](['"])([\s\S]*)\1$/.exec(node?.text ?? '')?.[2] ?? null
}

/** A pattern as an address: groups by their names, anchors left out. */
function readableRegex(pattern: string): string {
  return pattern
    .replace(/^\^|\\?\$$|\\Z$/g, '')
    .replace(/\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)/g, '<$1>')
    .replace(/\\([./-])/g, '$1')
}

/** `router.register('users', UserViewSet)`: a list and one of its members. */
function restRoutes(call: Node, source: CodeFile['source']): RawRoute[] {
  const [first, second] = argumentsOf(call)
  const prefix = stringValue(first)
  const router = call.childForFieldName('function')?.childForFieldName('object')?.text
  if (prefix === null || !router || !second) return []
  const shared = {
    method: 'ANY',
    handler: /^[\w.]+$/.test(second.text) ? second.text : null,
    router,
    range: source.range(call),
  }
  const base = readableRegex(prefix).replace(/\/$/, '')
  return [`${base}/`, `${base}/<pk>/`].map((path) => ({ ...shared, path }))
}
