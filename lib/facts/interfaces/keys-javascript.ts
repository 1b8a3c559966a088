import type { Node } from '#lib/facts/parse/node.ts'
import type { EnvironmentRead, RawKey } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, declaredValue, objectEntries, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'

interface Settings {
  keys: RawKey[]
  variables: EnvironmentRead[]
}

/** Schemas of the environment: t3-env's `createEnv`, envalid's `cleanEnv`, zod objects that parse `process.env`. */
export function javascriptSettings({ root, source }: CodeFile): Settings {
  const found: Settings = { keys: [], variables: [] }
  if (!/\b(?:createEnv|cleanEnv|makeValidator)\b|process\.env|import\.meta\.env/.test(source.content)) return found
  if (!/\bz\.|\b(?:createEnv|cleanEnv)\(/.test(source.content)) return found
  for (const call of root.descendantsOfType('call_expression')) {
    const callee = call.childForFieldName('function')
    const [first, second] = argumentsOf(call)
    if (callee?.text === 'createEnv') {
      const parts = objectEntries(first)
      for (const part of ['server', 'client', 'shared'])
        readSchema(parts.get(part), { found, source, owner: 'createEnv' })
    } else if (callee?.text === 'cleanEnv') readSchema(objectOf(second), { found, source, owner: 'cleanEnv' })
    else if (/^z\.(?:strictO|looseO|o)bject$/.test(callee?.text ?? '') && isEnvironment(first))
      readSchema(first, { found, source, owner: nameOf(call) ?? 'env' })
  }
  return found
}

function objectOf(node: Node | undefined): Node | undefined {
  return node?.type === 'identifier' ? (declaredValue(node, 'tsx') ?? undefined) : node
}

/** Names of variables only, in a file that reads the environment. */
function isEnvironment(object: Node | undefined): boolean {
  const names = [...objectEntries(object).keys()]
  return names.length >= 2 && names.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name))
}

/** Variable a schema is kept in. */
function nameOf(call: Node): string | null {
  for (let at: Node | null = call; at && /expression$|^variable_declarator$/.test(at.type); at = at.parent)
    if (at.type === 'variable_declarator') return at.childForFieldName('name')?.text ?? null
  return null
}

interface Reading {
  found: Settings
  source: CodeFile['source']
  owner: string
}

function readSchema(object: Node | undefined, { found, source, owner }: Reading): void {
  for (const [name, value] of objectEntries(object)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) continue
    const calls = chainOf(value)
    const options = objectEntries(calls[0]?.args[0])
    const fallback =
      calls.find((one) => one.name === 'default')?.args[0] ?? options.get('default') ?? options.get('devDefault')
    const help = stringValue(calls.find((one) => one.name === 'describe')?.args[0] ?? options.get('desc'))
    const range = source.range(value.parent ?? value)
    const shared = { default: shownValue(fallback), help, range }
    found.keys.push({ name, type: typeOf(calls), owner, ...shared })
    found.variables.push({ name, ...shared })
  }
}

interface Chained {
  name: string
  args: Node[]
}

/** Calls of `z.coerce.number().default(1)`, in order. */
function chainOf(value: Node): Chained[] {
  const calls: Chained[] = []
  let current: Node | null = value
  for (let depth = 0; current && depth < 20; depth += 1) {
    if (current.type === 'call_expression') {
      const callee: Node | null = current.childForFieldName('function')
      calls.unshift({
        name: callee?.childForFieldName('property')?.text ?? callee?.text ?? '',
        args: argumentsOf(current),
      })
      current = callee?.childForFieldName('object') ?? null
    } else current = current.type === 'member_expression' ? current.childForFieldName('object') : null
  }
  return calls
}

function typeOf(calls: Chained[]): string | null {
  const first = calls[0]
  if (first?.name === 'enum') return first.args[0]?.text.replace(/\s+/g, ' ').slice(0, 120) ?? null
  return first?.name ?? null
}
