import type { Node } from 'web-tree-sitter'
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
  return found
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
  if (calledName(view) === 'include') {
    const target = argumentsOf(view)[0]
    const module = stringValue(target?.type === 'tuple' ? target.firstNamedChild : target)
    const router = /^(\w*router)\.urls$/.exec(target?.text ?? '')?.[1]
    if (module) found.mounts.push({ parent: LIST, prefix: path, child: LIST, from: { specifier: module, name: LIST } })
    else if (router) found.mounts.push({ parent: LIST, prefix: path, child: router, from: null })
    return
  }
  if (view.text.startsWith('admin.site')) return
  const handler = view.text.replace(/\.as_view\([\s\S]*$/, '').replace(/\s+/g, ' ')
  found.routes.push({
    method: 'ANY',
    path,
    handler: /^[\w.]+$/.test(handler) ? handler : null,
    router: LIST,
    range: source.range(call),
  })
}

/** Whether a call stands in a list, as entries of `urlpatterns` do. */
function isListed(call: Node): boolean {
  return call.parent?.type === 'list' || call.parent?.type === 'argument_list' || call.parent?.parent?.type === 'list'
}

/** A pattern as it is written: `\d` of a raw string is no escape. */
function patternOf(node: Node | undefined): string | null {
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
