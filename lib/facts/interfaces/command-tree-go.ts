import type { Node } from '#lib/facts/parse/node.ts'
import type { CommandMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf } from './arguments.ts'

/** Names of a Go file for what makes or holds a command: `NewCmdList()`, `rootCmd`, and `NewCmdList.cmd` inside a function. */
export class GoCommandNames {
  /** Import path per name that stands for a package in this file. */
  private readonly packages: ReadonlyMap<string, string>

  constructor(root: Node) {
    this.packages = packagesOf(root)
  }

  /** Names that the command of a literal goes by; none when it is handed on at once. */
  ofLiteral(literal: Node): string[] {
    const value = literal.parent?.type === 'unary_expression' ? literal.parent : literal
    const around = enclosingFunction(literal)
    const variable = targetOf(value)
    const held = variable === null ? [] : [this.ofVariable(variable, value)]
    const isReturned =
      variable === null
        ? value.parent?.parent?.type === 'return_statement'
        : around !== null && returns(around, variable)
    return isReturned && around ? [...held, `${nameOf(around)}()`] : held
  }

  /** A variable that is declared in a function belongs to that, a parameter too. */
  ofVariable(name: string, place: Node): string {
    const around = enclosingFunction(place)
    return around && isLocal(around, name) ? `${nameOf(around)}.${name}` : name
  }

  /** What an argument or receiver stands for, with the import that brings it; null for anything else. */
  of(node: Node): { name: string; from: string | null } | null {
    if (node.type === 'identifier') return { name: this.ofVariable(node.text, node), from: null }
    const isCall = node.type === 'call_expression'
    const callee = isCall ? node.childForFieldName('function') : node
    if (isCall && callee?.type === 'identifier') return { name: `${callee.text}()`, from: null }
    if (callee?.type !== 'selector_expression') return null
    const field = callee.childForFieldName('field')?.text ?? ''
    const from = this.packages.get(callee.childForFieldName('operand')?.text ?? '') ?? null
    return { name: isCall ? `${field}()` : field, from }
  }
}

const ADDS = /^(?:AddCommands?|AddGroup|AddSubCommands?|RegisterCommands?)$/

/** Which command hangs below which: `parent.AddCommand(child, …)`, and helpers that take both, `AddGroup(parent, "…", child)`. */
export function goCommandMounts(root: Node, names: GoCommandNames): CommandMount[] {
  return root.descendantsOfType('call_expression').flatMap((call) => {
    const callee = call.childForFieldName('function')
    const method = (callee?.childForFieldName('field') ?? callee)?.text ?? ''
    if (!callee || !ADDS.test(method)) return []
    const args = argumentsOf(call)
    const isMethod = method === 'AddCommand'
    const parent = isMethod ? callee.childForFieldName('operand') : args[0]
    const outer = parent ? names.of(parent) : null
    if (!outer || (!isMethod && parent?.type !== 'identifier')) return []
    return (isMethod ? args : args.slice(1)).flatMap((arg): CommandMount[] => {
      const literal = literalIn(arg)
      if (literal) return [{ parent: outer, child: { name: inlineName(literal), from: null } }]
      const child = names.of(arg)
      return child ? [{ parent: outer, child }] : []
    })
  })
}

/** A command that is written among the arguments, or made there by a function without a name. */
function literalIn(arg: Node): Node | null {
  if (arg.type === 'call_expression' && arg.childForFieldName('function')?.type === 'func_literal') {
    const made = arg.descendantsOfType('composite_literal')
    return made.find((one) => one.childForFieldName('type')?.text === 'cobra.Command') ?? null
  }
  const literal = arg.type === 'unary_expression' ? arg.firstNamedChild : arg
  return literal?.type === 'composite_literal' ? literal : null
}

/** A command written among the arguments has no name but its place. */
export function inlineName(literal: Node): string {
  return `.${literal.startPosition.row}:${literal.startPosition.column}`
}

/** Variable or field that an expression is given to. */
function targetOf(value: Node): string | null {
  const holder = value.parent?.type === 'expression_list' ? value.parent.parent : value.parent
  if (!/^(?:short_var_declaration|assignment_statement|var_spec)$/.test(holder?.type ?? '')) return null
  const left = holder?.childForFieldName('left')?.firstNamedChild ?? holder?.childForFieldName('name')
  return (left?.childForFieldName('field') ?? left)?.text ?? null
}

function enclosingFunction(node: Node): Node | null {
  for (let at = node.parent; at; at = at.parent) if (/^(?:function|method)_declaration$/.test(at.type)) return at
  return null
}

function nameOf(declaration: Node): string {
  return declaration.childForFieldName('name')?.text ?? ''
}

function returns(declaration: Node, variable: string): boolean {
  return declaration
    .descendantsOfType('return_statement')
    .some((statement) => new RegExp(`^return\\s+&?${variable}\\b\\s*(?:,|$)`).test(statement.text))
}

function isLocal(declaration: Node, name: string): boolean {
  const types = ['short_var_declaration', 'var_spec', 'parameter_declaration', 'range_clause']
  return declaration.descendantsOfType(types).some((one) => {
    const left = one.childForFieldName('left')?.namedChildren ?? one.childrenForFieldName('name')
    return left.some((node) => node?.text === name)
  })
}

function packagesOf(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const spec of root.descendantsOfType('import_spec')) {
    const path = spec.childForFieldName('path')?.text.slice(1, -1) ?? ''
    const last =
      path
        .replace(/\/v\d+$/, '')
        .split('/')
        .at(-1) ?? path
    found.set(spec.childForFieldName('name')?.text ?? last, path)
  }
  return found
}
