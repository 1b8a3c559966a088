import type { Node } from '#lib/facts/parse/node.ts'
import { unescaped } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'

const MAX_CHAIN = 60

/** Flags built with `Arg::new("port").long("port")`, and the commands they are added to. */
export function rustBuilderFlags(root: Node, source: CodeFile['source']): CommandLine {
  const found: CommandLine = { flags: [], commands: [], variables: [] }
  if (!/\b(?:Arg|Command|App|SubCommand|Flag)::(?:new|with_name)\(/.test(source.content)) return found
  for (const call of root.descendantsOfType('call_expression')) {
    const callee = call.childForFieldName('function')?.text ?? ''
    if (/(?:^|::)Arg::(?:new|with_name)$/.test(callee)) addFlag(call, { found, source })
    if (/(?:^|::)(?:Command::new|App::new|SubCommand::with_name)$/.test(callee)) addCommand(call, { found, source })
  }
  return found
}

interface Reading {
  found: CommandLine
  source: CodeFile['source']
}

function addFlag(call: Node, { found, source }: Reading): void {
  const calls = chainBehind(call)
  const given = (name: string) => calls.findLast((one) => one.name === name)
  const name = textOf(argumentOf(call))
  const [long, short] = [given('long'), given('short')]
  const spelled = long ? `--${textOf(long.argument) ?? name}` : null
  const letter = short ? `-${textOf(short.argument)?.replace(/^-/, '') ?? ''}` : null
  const range = source.range(call, calls.at(-1)?.node ?? call)
  const help =
    textOf((given('help') ?? given('long_help') ?? given('about'))?.argument ?? null)?.replace(/\s+/g, ' ') ?? null
  const fallback = textOf(given('default_value')?.argument ?? null)
  const variable = textOf(given('env')?.argument ?? null)
  if (variable) found.variables.push({ name: variable, default: fallback, help, range })
  const own = spelled ?? letter
  if (!own || own === '-' || own === '--null') return
  const isSwitch =
    /SetTrue|Count/.test(given('action')?.argument?.text ?? '') || given('num_args')?.argument?.text === '0'
  const type = isSwitch ? 'flag' : textOf(given('value_name')?.argument ?? null)
  found.flags.push({
    name: own,
    aliases: spelled && letter ? [letter] : [],
    command: commandAround(call),
    type,
    default: fallback,
    help,
    range,
  })
}

function addCommand(call: Node, { found, source }: Reading): void {
  const calls = chainBehind(call)
  const outer = (calls.at(-1)?.node ?? call).parent
  const isSub =
    outer?.type === 'arguments' &&
    /\.subcommands?$|^vec!?/.test(outer.parent?.childForFieldName('function')?.text ?? '')
  const name = textOf(argumentOf(call))
  const isNamed = /SubCommand/.test(call.childForFieldName('function')?.text ?? '')
  if (name === null || !(isSub || isNamed)) return
  const about = calls.find((one) => one.name === 'about')
  found.commands.push({ name, aliases: [], help: textOf(about?.argument ?? null), range: source.range(call) })
}

interface Chained {
  name: string
  argument: Node | null
  node: Node
}

/** Methods chained behind a call, in order. */
function chainBehind(call: Node): Chained[] {
  const calls: Chained[] = []
  let current = call
  for (let depth = 0; depth < MAX_CHAIN; depth += 1) {
    const field = current.parent
    const next: Node | null = field?.type === 'field_expression' ? field.parent : null
    if (next?.type !== 'call_expression' || next.childForFieldName('function')?.id !== field?.id) break
    calls.push({ name: field?.childForFieldName('field')?.text ?? '', argument: argumentOf(next), node: next })
    current = next
  }
  return calls
}

/** Name of the command whose `.arg(…)` holds a flag. */
function commandAround(call: Node): string | null {
  for (let at = call.parent; at; at = at.parent) {
    if (at.type === 'function_item') return null
    if (at.type !== 'call_expression') continue
    let current: Node | null = at
    for (let depth = 0; current && depth < MAX_CHAIN; depth += 1) {
      const callee: Node | null = current.childForFieldName('function')
      if (/(?:Command::new|App::new|SubCommand::with_name)$/.test(callee?.text ?? ''))
        return textOf(argumentOf(current))
      current = callee?.childForFieldName('value') ?? null
    }
  }
  return null
}

function argumentOf(call: Node): Node | null {
  return call.childForFieldName('arguments')?.namedChildren[0] ?? null
}

/** A line that ends in a backslash goes on where the next one begins. */
function textOf(node: Node | null): string | null {
  if (node?.type === 'raw_string_literal') return node.text.replace(/^r?#*"|"#*$/g, '')
  if (!node || !/^(?:string_literal|char_literal)$/.test(node.type)) return null
  return unescaped(node.text.slice(1, -1).replace(/\\\r?\n\s*/g, ''))
}
