import type { Node } from 'web-tree-sitter'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, keywordsOf, stringValue } from './arguments.ts'

const DECORATED = `
(decorated_definition
  (decorator (call function: (attribute object: (identifier) @router attribute: (identifier) @method)) @call)
  definition: (function_definition name: (identifier) @handler)
  (#match? @method "^(get|post|put|delete|patch|options|head|route|api_route|websocket)$"))
`
const USUAL_NAMES = /^(?:app|router|api|bp|blueprint)$/

/** Routes of FastAPI and Flask, with the prefix of a router made in the same file. */
export function pythonRoutes(root: Node, source: SourceText, packages: Set<string>): RawRoute[] {
  const isKnown = [...packages].some((name) => /^(?:fastapi|flask|quart)(?:\.|$)/.test(name))
  if (!isKnown) return []
  const prefixes = routerPrefixes(root)
  return matchesOf(source.grammar, DECORATED, root).flatMap((captures) => {
    const call = captures.get('call')
    const router = captures.get('router')?.text ?? ''
    const path = call ? stringValue(argumentsOf(call)[0]) : null
    const isRouter = prefixes.has(router) || USUAL_NAMES.test(router)
    if (!call || !isRouter || path === null || !/^(?:\/|$)/.test(path)) return []
    const handler = captures.get('handler')?.text ?? null
    const full = `${prefixes.get(router) ?? ''}${path}` || '/'
    return methodsOf(captures.get('method')?.text ?? '', call).map((method) => ({
      method,
      path: full,
      handler,
      router: null,
      range: source.range(call),
    }))
  })
}

/** Variables that hold an application or router of this file, with its prefix. */
function routerPrefixes(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const assignment of root.descendantsOfType('assignment')) {
    const value = assignment.childForFieldName('right')
    const name = assignment.childForFieldName('left')
    const callee = value?.type === 'call' ? value.childForFieldName('function')?.text : undefined
    if (
      !value ||
      name?.type !== 'identifier' ||
      !/(?:^|\.)(?:FastAPI|APIRouter|Flask|Quart|Blueprint)$/.test(callee ?? '')
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
