import type { Node } from '#lib/facts/parse/node.ts'
import { stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { GoCommandNames, goCommandMounts, inlineName } from './command-tree-go.ts'

/** Commands of cobra, and commands and flags of urfave/cli: both are written as literals of structs. */
export function goCommandLine({ root, source, packages }: CodeFile): CommandLine {
  const isUrfave = [...packages].some((name) => /urfave\/cli(?:\/v\d+)?$/.test(name))
  const found: CommandLine = { flags: [], commands: [], variables: [] }
  if (!isUrfave && !packages.has('github.com/spf13/cobra')) return found
  const names = new GoCommandNames(root)
  if (!isUrfave) found.commandMounts = goCommandMounts(root, names)
  if (!isUrfave && !source.content.includes('cobra.Command{')) return found
  for (const literal of root.descendantsOfType(['composite_literal', 'literal_value'])) {
    const type = literal.childForFieldName('type')?.text ?? ''
    const isUntyped = isUrfave && literal.type === 'literal_value' && isIn(literal, 'cli.Command')
    if (type === 'cobra.Command' || (isUrfave && type === 'cli.Command') || isUntyped)
      addCommand(literal, { found, source, names })
    else if (isUrfave && /^cli\.\w+Flag$/.test(type)) addFlag(literal, type, { found, source, names })
  }
  return found
}

interface Reading {
  found: CommandLine
  source: CodeFile['source']
  names: GoCommandNames
}

/** Whether a literal without type is an element of a list of that type. */
function isIn(literal: Node, type: string): boolean {
  const list = literal.parent?.type === 'literal_element' ? literal.parent.parent : null
  const owner = list?.type === 'literal_value' ? list.parent?.childForFieldName('type')?.text : undefined
  return owner === `[]${type}` || owner === `[]*${type}`
}

function addCommand(literal: Node, { found, source, names }: Reading): void {
  const fields = fieldsOf(literal)
  const use = stringValue(fields.get('Use') ?? fields.get('Name'))
  const name = use?.trim().split(/\s+/)[0]
  if (!name) return
  const help =
    stringValue(fields.get('Short') ?? fields.get('Usage') ?? fields.get('Long'))
      ?.replace(/\s+/g, ' ')
      .trim() ?? null
  const isCobra = literal.childForFieldName('type')?.text === 'cobra.Command'
  const isRoot = isCobra && /\brootCmd\b|\bRootCmd\b/.test(literal.parent?.parent?.text.slice(0, 40) ?? '')
  const path = isCobra ? name : [commandAround(literal), name].filter(Boolean).join(' ')
  const known = isCobra ? { names: [...names.ofLiteral(literal), inlineName(literal)] } : {}
  // What is given to a variable of this name is the program, be anything added to it or not.
  if (isRoot && !/AddCommand/.test(source.content)) return
  found.commands.push({
    name: path,
    aliases: textsOf(fields.get('Aliases')),
    help,
    range: source.range(literal),
    ...known,
  })
}

function addFlag(literal: Node, type: string, { found, source }: Reading): void {
  const fields = fieldsOf(literal)
  const names = (stringValue(fields.get('Name')) ?? '').split(/\s*,\s*/)
  const [name, ...more] = names
  if (!name) return
  const dashed = (one: string) => (one.length === 1 ? `-${one}` : `--${one}`)
  const range = source.range(literal)
  const value = fields.get('Value')
  const fallback =
    value && /literal$|^(?:true|false|int_literal|identifier)$/.test(value.type)
      ? (stringValue(value) ?? value.text)
      : null
  const help = stringValue(fields.get('Usage'))
  found.flags.push({
    name: dashed(name),
    aliases: [...more, ...textsOf(fields.get('Aliases'))].map(dashed),
    command: commandAround(literal),
    type: type
      .replace(/^cli\.|Flag$/g, '')
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase(),
    default: fallback || null,
    help,
    range,
  })
  const variables = [
    ...textsOf(fields.get('EnvVars')),
    ...textsOf(fields.get('Sources')),
    ...(stringValue(fields.get('EnvVar'))?.split(/\s*,\s*/) ?? []),
  ]
  for (const variable of variables)
    if (/^\w+$/.test(variable)) found.variables.push({ name: variable, default: fallback, help, range })
}

function commandAround(literal: Node): string | null {
  for (let at = literal.parent; at; at = at.parent) {
    const type = at.type === 'composite_literal' ? at.childForFieldName('type')?.text : undefined
    const isCommand = type === 'cli.Command' || (at.type === 'literal_value' && isIn(at, 'cli.Command'))
    const name = isCommand ? stringValue(fieldsOf(at).get('Name')) : null
    if (name) return [commandAround(at), name].filter(Boolean).join(' ')
  }
  return null
}

/** Values of a struct literal by field. */
function fieldsOf(literal: Node): Map<string, Node> {
  const body = literal.type === 'literal_value' ? literal : literal.childForFieldName('body')
  const fields = new Map<string, Node>()
  for (const element of body?.namedChildren ?? []) {
    const [key, value] = element.type === 'keyed_element' ? element.namedChildren : []
    const inner = value?.type === 'literal_element' ? value.firstNamedChild : value
    if (key && inner) fields.set(key.text, inner)
  }
  return fields
}

/** Texts of a list literal or of a call's arguments. */
function textsOf(node: Node | undefined): string[] {
  return (
    node
      ?.descendantsOfType(['interpreted_string_literal', 'raw_string_literal'])
      .flatMap((one) => stringValue(one) ?? []) ?? []
  )
}
