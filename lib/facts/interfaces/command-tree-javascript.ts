import type { Node } from '#lib/facts/parse/node.ts'
import type { CommandMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf } from './arguments.ts'
import { importedNames } from './routers-javascript.ts'

const MAX_CHAIN = 100
const FUNCTION = /^(?:function_declaration|function_expression|arrow_function|method_definition)$/

/** A command is known by the call that makes it; calls of a chain begin together and end apart. */
export function callName(call: Node): string {
  return `.${call.startIndex}-${call.endIndex}`
}

/** What a file knows a command by: the variable its chain is kept in, and the function that returns it. */
export function commandNames(call: Node): string[] {
  const end = endOfChain(call)
  const holder = end.parent
  const variable = holder?.type === 'variable_declarator' ? (holder.childForFieldName('name')?.text ?? null) : null
  const around = functionAround(call)
  const isHeld = holder?.type === 'return_statement' || (around !== null && holder?.id === around.id)
  const isReturned = variable === null ? isHeld : around !== null && returns(around, variable)
  const maker = isReturned && around ? nameOf(around) : null
  return [
    ...(variable === null ? [] : [variableKey(variable, call)]),
    ...(maker === null ? [] : [`.${maker}()`, ...(isDefaultExport(around) ? ['.default()'] : [])]),
    ...(holder?.type === 'export_statement' ? ['.default'] : []),
  ]
}

/** Variables of a function are known in it alone: many functions of a file call their command `command`. */
function variableKey(name: string, place: Node): string {
  const around = functionAround(place)
  const isLocal = around !== null && new RegExp(`\\b(?:const|let|var)\\s+${name}\\b`).test(around.text)
  return isLocal ? `.${around.startIndex}:${name}` : `.${name}`
}

/** `return command`, also through a function that finishes it: `return withHelp(command, …)`. */
function returns(around: Node, variable: string): boolean {
  return new RegExp(`\\breturn\\s+(?:[\\w.]+\\(\\s*)?${variable}\\b`).test(around.text)
}

/** `remote.command('add')` and `program.addCommand(remote)`; what is imported goes by its name there. */
export function commanderMounts(root: Node): CommandMount[] {
  const imported = importedNames(root)
  const placeOf = (written: string, place: Node): CommandMount['child'] => {
    const [name, behind] = written.endsWith('()') ? [written.slice(0, -2), '()'] : [written, '']
    const from = imported.get(name)
    if (from) return { name: `.${from.name}${behind}`, from: from.specifier }
    return { name: behind ? `.${written}` : variableKey(name, place), from: null }
  }
  return root.descendantsOfType('call_expression').flatMap((call): CommandMount[] => {
    const callee = call.childForFieldName('function')
    const method = callee?.childForFieldName('property')?.text
    const object = callee?.childForFieldName('object')
    if (!object || (method !== 'command' && method !== 'addCommand')) return []
    const owner = ownerOf(object)
    if (owner === null) return []
    const parent = typeof owner === 'string' ? placeOf(owner, call) : { name: callName(owner), from: null }
    if (method === 'command') return [{ parent, child: { name: callName(call), from: null } }]
    return argumentsOf(call).flatMap((arg) => {
      const child = childOf(arg)
      if (child === null) return []
      return [
        { parent, child: typeof child === 'string' ? placeOf(child, call) : { name: callName(child), from: null } },
      ]
    })
  })
}

/** The command that a chain stands on: the nearest that is made in it, else the variable it begins with. */
function ownerOf(object: Node): Node | string | null {
  let current: Node | null = object
  for (let depth = 0; current && depth < MAX_CHAIN; depth += 1) {
    if (current.type === 'identifier') return current.text
    if (current.type === 'new_expression') return current
    const callee: Node | null = current.childForFieldName('function')
    if (callee?.childForFieldName('property')?.text === 'command') return current
    current = callee?.childForFieldName('object') ?? current.childForFieldName('object')
  }
  return null
}

function childOf(arg: Node): Node | string | null {
  if (arg.type === 'identifier') return arg.text
  const callee = arg.type === 'call_expression' ? arg.childForFieldName('function') : null
  if (callee?.type === 'identifier') return `${callee.text}()`
  return ownerOf(arg)
}

function endOfChain(call: Node): Node {
  let end = call
  for (let depth = 0; depth < MAX_CHAIN; depth += 1) {
    const next = end.parent?.type === 'member_expression' ? end.parent.parent : null
    if (next?.type !== 'call_expression' || end.parent?.childForFieldName('property')?.text === 'command') break
    end = next
  }
  return end
}

function functionAround(node: Node): Node | null {
  for (let at = node.parent; at; at = at.parent) if (FUNCTION.test(at.type)) return at
  return null
}

function nameOf(declaration: Node): string | null {
  const own = declaration.childForFieldName('name')?.text
  const holder = declaration.parent?.type === 'variable_declarator' ? declaration.parent : null
  return own ?? holder?.childForFieldName('name')?.text ?? null
}

function isDefaultExport(declaration: Node | null): boolean {
  return (
    declaration?.parent?.type === 'export_statement' && /^export\s+default\b/.test(declaration.parent.text.slice(0, 30))
  )
}
