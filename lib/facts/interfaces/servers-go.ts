import type { Node } from '#lib/facts/parse/node.ts'
import type { RawServer } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, declaredValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'

const SEEN = /\.(?:ListenAndServe(?:TLS)?|ServeTLS|Serve|Run(?:TLS|Unix)?|Start(?:TLS|Server)?|Listen(?:TLS)?)\(/
const PLAIN = /^(?:http|fasthttp)\.(?:ListenAndServe(?:TLS)?|Serve(?:TLS)?)$/

/** What a method serves with: how its receiver was made or is typed, and the package that must be imported. */
const METHODS: { method: RegExp; made: RegExp; type: RegExp; module: RegExp }[] = [
  {
    method: /^(?:ListenAndServe|Serve)(?:TLS)?$/,
    made: /^&?(?:http|http3)\.Server\b/,
    type: /^\*?(?:http|http3)\.Server$/,
    module: /^(?:net\/http|.*\/http3)$/,
  },
  {
    method: /^Run(?:TLS|Unix)?$/,
    made: /^gin\.(?:New|Default)\(/,
    type: /^\*?gin\.Engine$/,
    module: /gin-gonic\/gin$/,
  },
  {
    method: /^Start(?:TLS|Server|AutoTLS)?$/,
    made: /^echo\.New\(/,
    type: /^\*?echo\.Echo$/,
    module: /labstack\/echo(?:\/v\d+)?$/,
  },
  {
    method: /^Listen(?:TLS)?$/,
    made: /^fiber\.New\(/,
    type: /^\*?fiber\.App$/,
    module: /gofiber\/fiber(?:\/v\d+)?$/,
  },
  { method: /^Serve$/, made: /^grpc\.NewServer\(/, type: /^\*?grpc\.Server$/, module: /google\.golang\.org\/grpc$/ },
]

/** Calls that make a Go program serve: net/http and its like, gin, echo, fiber, gRPC. */
export function goServers({ root, source, packages }: CodeFile): { servers: RawServer[] } {
  if (!SEEN.test(source.content)) return { servers: [] }
  const usable = METHODS.filter(({ module }) => [...packages].some((name) => module.test(name)))
  const isPlain = packages.has('net/http') || packages.has('github.com/valyala/fasthttp')
  if (usable.length === 0 && !isPlain) return { servers: [] }
  const typed = typedNames(root)
  const servers = root.descendantsOfType('call_expression').flatMap((call): RawServer[] => {
    const callee = call.childForFieldName('function')
    if (callee?.type !== 'selector_expression' || isSubtest(call)) return []
    const [operand, method] = [callee.childForFieldName('operand'), callee.childForFieldName('field')?.text ?? '']
    const rules = operand ? usable.filter((rule) => rule.method.test(method)) : []
    const isServer =
      (isPlain && PLAIN.test(callee.text)) ||
      (operand && rules.some((rule) => rule.made.test(madeBy(operand)) || rule.type.test(typeOf(operand, typed))))
    if (!isServer) return []
    return [
      { name: callee.text.replace(/\(.*\)/s, '()').replace(/\{.*\}/s, '{}'), runs: false, range: source.range(call) },
    ]
  })
  return { servers }
}

/** `t.Run("name", func…)`. */
function isSubtest(call: Node): boolean {
  return argumentsOf(call).length === 2 && argumentsOf(call)[1]?.type === 'func_literal'
}

/** The expression itself, or what the variable was given. */
function madeBy(operand: Node): string {
  const value = operand.type === 'identifier' ? declaredValue(operand, 'go') : operand
  return (value?.text ?? '').replace(/^\((.*)\)$/s, '$1')
}

function typeOf(operand: Node, typed: ReadonlyMap<string, string>): string {
  const name = operand.type === 'selector_expression' ? operand.childForFieldName('field')?.text : operand.text
  return typed.get(name ?? '') ?? ''
}

/** Types of fields, parameters and variables by name; a name with several types has none. */
function typedNames(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const node of root.descendantsOfType(['field_declaration', 'parameter_declaration', 'var_spec'])) {
    const type = node.childForFieldName('type')?.text
    for (const name of type ? node.childrenForFieldName('name') : [])
      if (name && type) found.set(name.text, found.has(name.text) && found.get(name.text) !== type ? '' : type)
  }
  return found
}
