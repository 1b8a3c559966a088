import type { Node } from 'web-tree-sitter'
import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, declaredValue, stringValue } from './arguments.ts'

const CALLS = `
(call_expression function: (selector_expression operand: (_) @router field: (field_identifier) @method)
  arguments: (argument_list . [(interpreted_string_literal) (raw_string_literal)] @path)
  (#match? @method "^(GET|POST|PUT|DELETE|PATCH|OPTIONS|HEAD|Any|Get|Post|Put|Delete|Patch|Options|Head|Handle|HandleFunc)$")) @call
`

/** Routes of gin, echo, chi and net/http. `packages` are the file's import paths. */
export function goRoutes(root: Node, source: SourceText, packages: Set<string>): RawRoute[] {
  const has = (pattern: RegExp) => [...packages].some((name) => pattern.test(name))
  const isUpper = has(/(?:gin-gonic\/gin|labstack\/echo)(?:\/v\d+)?$/)
  const isChi = has(/go-chi\/chi(?:\/v\d+)?$|gofiber\/fiber(?:\/v\d+)?$/)
  const isHttp = packages.has('net/http')
  if (!isUpper && !isChi && !isHttp) return []
  return matchesOf(source.grammar, CALLS, root).flatMap((captures) => {
    const call = captures.get('call')
    const method = captures.get('method')?.text ?? ''
    const router = captures.get('router')
    const isAllCaps = /^(?:[A-Z]+|Any)$/.test(method)
    const isHandle = method.startsWith('Handle')
    const isKnown = isHandle ? isHttp && isMux(router) : isAllCaps ? isUpper : isChi
    if (!call || !router || !isKnown || argumentsOf(call).length < 2) return []
    return routeOf({ call, router, method, isHandle }, source)
  })
}

interface Registered {
  call: Node
  router: Node
  method: string
  isHandle: boolean
}

function routeOf({ call, router, method, isHandle }: Registered, source: SourceText): RawRoute[] {
  const args = argumentsOf(call)
  const written = stringValue(args[0])
  const match = isHandle ? /^(?:([A-Z]+)\s+)?(\S*\/.*)$/.exec(written ?? '') : /^()(\/.*|)$/.exec(written ?? '')
  if (!match) return []
  const last = args.at(-1)
  return [
    {
      method: (isHandle ? match[1] : method.toUpperCase()) || 'ANY',
      path: `${prefixOf(router, call)}${match[2]}` || '/',
      handler: last && /^(?:identifier|selector_expression)$/.test(last.type) ? last.text : null,
      router: null,
      range: source.range(call.childForFieldName('function')?.childForFieldName('field') ?? call, args[0]),
    },
  ]
}

/** `http`, or a variable made by `http.NewServeMux()` or a router constructor in the file. */
function isMux(router: Node | undefined): boolean {
  if (!router) return false
  if (router.text === 'http' || /^(?:mux|serveMux)$/i.test(router.text)) return true
  return /http\.NewServeMux\(|mux\.NewRouter\(|chi\.New/.test(declaredValue(router, 'go')?.text ?? '')
}

/** Prefixes of `v1 := r.Group("/v1")` and of the `r.Route("/a", func…)` blocks around a call. */
function prefixOf(router: Node, call: Node): string {
  const group = /^(\w+)\.Group\(\s*"([^"]*)"/.exec(declaredValue(router, 'go')?.text ?? '')
  if (group?.[2] !== undefined) return group[2].replace(/\/$/, '')
  let prefix = ''
  for (let node = call.parent; node; node = node.parent) {
    if (node.type !== 'call_expression' || node.id === call.id) continue
    const name = node.childForFieldName('function')?.childForFieldName('field')?.text
    if (name === 'Route') prefix = (stringValue(argumentsOf(node)[0]) ?? '') + prefix
  }
  return prefix
}
