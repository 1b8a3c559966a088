import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, declaredValue, objectEntries, shownValue, stringValue } from './arguments.ts'
import { callName } from './command-tree-javascript.ts'

const OPTIONS = `
(call_expression function: (member_expression property: (property_identifier) @method)
  (#match? @method "^(option|requiredOption|options)$")) @call
(new_expression constructor: (identifier) @class (#eq? @class "Option")) @call
(call_expression function: [(identifier) (member_expression)] @callee (#match? @callee "(^|\\\\.)parseArgs$")) @parse
`

/** Flags declared with commander, cac, yargs or `parseArgs` of node:util. `packages` are the file's imports. */
export function javascriptFlags(root: Node, source: SourceText, packages: Set<string>): RawFlag[] {
  const isCommander = packages.has('commander') || packages.has('@commander-js/extra-typings') || packages.has('cac')
  const isYargs = packages.has('yargs') || packages.has('yargs/yargs')
  const isParseArgs = packages.has('node:util') || packages.has('util')
  if (!isCommander && !isYargs && !isParseArgs) return []
  return matchesOf(source.grammar, OPTIONS, root).flatMap((captures) => {
    const parse = captures.get('parse')
    if (parse) return isParseArgs ? parseArgsFlags(parse, source) : []
    const call = captures.get('call')
    if (!call) return []
    return isCommander ? commanderFlag(call, source) : isYargs ? yargsFlags(call, source) : []
  })
}

/** `.option('-p, --port <number>', 'help', default)`. */
function commanderFlag(call: Node, source: SourceText): RawFlag[] {
  const [first, second, ...rest] = argumentsOf(call)
  const spelled = stringValue(first)
  if (!spelled || !/^-/.test(spelled)) return []
  const names = spelled.split(/[ ,|]+/).filter((word) => word.startsWith('-'))
  const value = /[<[]([^\]>]+)[\]>]/.exec(spelled)?.[1] ?? null
  const given = rest.at(-1)
  const options = objectEntries(given)
  return [
    {
      ...nameAndAliases(names),
      ...ownerOf(call),
      command: commandOf(call),
      type: value,
      default: shownValue(given?.type === 'object' ? options.get('default') : (given ?? laterDefault(call))),
      help: stringValue(second),
      range: source.range(first ?? call, second ?? first ?? call),
    },
  ]
}

function ownerOf(call: Node): { owner?: string } {
  const made = commandCall(call)
  return made ? { owner: callName(made) } : {}
}

function nameAndAliases(names: string[]): { name: string; aliases: string[] } {
  const name = names.find((one) => one.startsWith('--')) ?? names[0] ?? ''
  return { name, aliases: names.filter((one) => one !== name) }
}

/** Nobody chains more calls; without a limit a long chain would be walked once per call. */
const MAX_CHAIN = 100

/** The call that makes the command an option is chained to: the nearest `.command('name …')` or `new Command('name')`. */
function commandCall(call: Node): Node | null {
  let current: Node | null = call.type === 'new_expression' ? addedBy(call) : call
  for (let depth = 0; current && depth < MAX_CHAIN; depth += 1) {
    const callee: Node | null = current.childForFieldName('function') ?? current.childForFieldName('constructor')
    const isCommand = callee?.childForFieldName('property')?.text === 'command' || callee?.text === 'Command'
    if (isCommand && stringValue(argumentsOf(current)[0])) return current
    current = callee?.childForFieldName('object') ?? null
    if (current?.type === 'identifier') current = declaredValue(current, 'tsx')
  }
  return null
}

/** Its name; `[root]` alone says what the program itself takes. */
function commandOf(call: Node): string | null {
  const made = commandCall(call)
  return made ? (/^\w[\w:.-]*/.exec(stringValue(argumentsOf(made)[0]) ?? '')?.[0] ?? null) : null
}

/** Calls chained behind `new Option(…)`: `.default(1).env('X')`. */
function* chainBehind(option: Node): Generator<Node> {
  let current = option
  while (current.parent?.type === 'member_expression' && current.parent.parent?.type === 'call_expression') {
    current = current.parent.parent
    yield current
  }
}

/** The `.addOption(…)` an option is handed to; the option itself when it stands alone. */
function addedBy(option: Node): Node {
  const last = [...chainBehind(option)].at(-1) ?? option
  return last.parent?.type === 'arguments' ? (last.parent.parent ?? option) : option
}

function laterDefault(call: Node): Node | undefined {
  if (call.type !== 'new_expression') return undefined
  const setter = [...chainBehind(call)].find(
    (one) => one.childForFieldName('function')?.childForFieldName('property')?.text === 'default',
  )
  return setter ? argumentsOf(setter)[0] : undefined
}

/** `.option('port', { alias: 'p', type: 'number', default: 1, describe: 'help' })`, `.options({ port: {…} })`. */
function yargsFlags(call: Node, source: SourceText): RawFlag[] {
  const [first, second] = argumentsOf(call)
  const name = stringValue(first)
  if (name && first)
    return second?.type === 'object' ? [objectFlag({ name, key: first, value: second, call }, source)] : []
  return objectFlags(first, call, source)
}

function parseArgsFlags(call: Node, source: SourceText): RawFlag[] {
  return objectFlags(objectEntries(argumentsOf(call)[0]).get('options'), call, source)
}

function objectFlags(object: Node | undefined, call: Node, source: SourceText): RawFlag[] {
  return [...objectEntries(object)].flatMap(([name, value]) =>
    value.type === 'object' ? [objectFlag({ name, key: value.parent ?? value, value, call }, source)] : [],
  )
}

interface Described {
  name: string
  key: Node
  value: Node
  call: Node
}

function objectFlag({ name, key, value, call }: Described, source: SourceText): RawFlag {
  const entries = objectEntries(value)
  const alias = entries.get('alias') ?? entries.get('short')
  const others = alias?.type === 'array' ? alias.namedChildren.map((one) => stringValue(one)) : [stringValue(alias)]
  const names = [name, ...others].flatMap((one) => (one ? [one.length === 1 ? `-${one}` : `--${one}`] : []))
  const help = entries.get('describe') ?? entries.get('description') ?? entries.get('desc')
  return {
    ...nameAndAliases(names),
    command: commandOf(call),
    type: stringValue(entries.get('type')),
    default: shownValue(entries.get('default')),
    help: stringValue(help),
    range: source.range(key, value),
  }
}
