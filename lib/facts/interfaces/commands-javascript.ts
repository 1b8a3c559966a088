import type { CommandFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { CommandMount, RawCommand, RawFlag } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, objectEntries, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { callName, commanderMounts, commandNames } from './command-tree-javascript.ts'

const MAX_CHAIN = 100

const COMMANDER = ['commander', '@commander-js/extra-typings']

interface Commands {
  commands: RawCommand[]
  commandMounts: CommandMount[]
}

/** Commands of commander, cac, yargs and citty, and which of commander's hang below which. */
export function javascriptCommands({ root, source, packages }: CodeFile): Commands {
  const isCommander = COMMANDER.some((name) => packages.has(name))
  if (!isCommander && !['cac', 'yargs', 'yargs/yargs'].some((name) => packages.has(name)))
    return { commands: cittyCommands(root, source, packages).map(({ command }) => command), commandMounts: [] }
  const made = source.content.includes('new Command(') ? root.descendantsOfType('new_expression') : []
  const calls = [...root.descendantsOfType('call_expression'), ...made]
  const commands = calls.flatMap((call) => {
    const method = commandMaker(call)
    const [first, second] = method === 'command' ? argumentsOf(call) : []
    const names =
      first?.type === 'array'
        ? first.namedChildren.flatMap((one) => stringValue(one) ?? [])
        : [stringValue(first) ?? '']
    const name = names[0]?.trim().split(/\s+/)[0]
    if (!name || !/^[\w$:-]+$/.test(name) || name.startsWith('$')) return []
    const behind = chainBehind(call)
    const described = behind.find((one) => one.name === 'description' || one.name === 'summary')
    const alias = behind
      .filter((one) => /^alias(?:es)?$/.test(one.name))
      .flatMap((one) => one.args.flatMap((node) => stringValue(node) ?? []))
    const help = stringValue(second) ?? stringValue(described?.args[0])
    return [
      {
        name,
        aliases: [...names.slice(1), ...alias],
        help,
        range: source.range(call.childForFieldName('function')?.childForFieldName('property') ?? call, first),
        ...(isCommander ? { names: [...commandNames(call), callName(call)] } : {}),
        ...(call.type === 'new_expression' ? { mayBeProgram: true } : {}),
      },
    ]
  })
  return { commands, commandMounts: isCommander ? commanderMounts(root) : [] }
}

/** `.command('x')`, `new Command('x')`, unless the latter is the program itself. */
function commandMaker(call: Node): string | undefined {
  if (call.type === 'call_expression') return call.childForFieldName('function')?.childForFieldName('property')?.text
  const isCommand = /^(?:\w+\.)?Command$/.test(call.childForFieldName('constructor')?.text ?? '')
  return isCommand && !/\bprogram\s*=/.test(call.parent?.text.slice(0, 30) ?? '') ? 'command' : undefined
}

/** Methods chained behind a call up to the next command. */
function chainBehind(call: Node): { name: string; args: Node[] }[] {
  const found: { name: string; args: Node[] }[] = []
  let current = call
  for (let depth = 0; depth < MAX_CHAIN; depth += 1) {
    const next = current.parent?.type === 'member_expression' ? current.parent.parent : null
    const name = current.parent?.childForFieldName('property')?.text ?? ''
    if (next?.type !== 'call_expression' || name === 'command') break
    found.push({ name, args: argumentsOf(next) })
    current = next
  }
  return found
}

interface CittyCommand {
  command: CommandFact
  flags: RawFlag[]
}

/** `defineCommand({ meta: { name }, args: { port: { type, alias, default, description } } })` of citty. */
export function cittyCommands(root: Node, source: CodeFile['source'], packages: Set<string>): CittyCommand[] {
  if (!packages.has('citty')) return []
  return root
    .descendantsOfType('call_expression')
    .flatMap((call) => {
      const entries =
        call.childForFieldName('function')?.text === 'defineCommand'
          ? objectEntries(argumentsOf(call)[0])
          : new Map<string, Node>()
      const meta = objectEntries(entries.get('meta'))
      const name = stringValue(meta.get('name'))
      if (entries.size === 0) return []
      const flags = [...objectEntries(entries.get('args'))].flatMap(([key, value]) =>
        cittyFlag(key, value, { name, source }),
      )
      const command = {
        name: name ?? '',
        aliases: [],
        help: stringValue(meta.get('description')),
        range: source.range(call),
      }
      return [{ command, flags }]
    })
    .filter(({ command, flags }) => command.name !== '' || flags.length > 0)
}

function cittyFlag(
  key: string,
  value: Node,
  { name, source }: { name: string | null; source: CodeFile['source'] },
): RawFlag[] {
  const entries = objectEntries(value)
  const type = stringValue(entries.get('type'))
  if (value.type !== 'object' || type === 'positional') return []
  const alias = entries.get('alias')
  const aliases =
    alias?.type === 'array' ? alias.namedChildren.flatMap((one) => stringValue(one) ?? []) : [stringValue(alias)]
  return [
    {
      name: `--${key}`,
      aliases: aliases.flatMap((one) => (one ? [one.length === 1 ? `-${one}` : `--${one}`] : [])),
      command: name,
      type,
      default: shownValue(entries.get('default')),
      help: stringValue(entries.get('description')),
      range: source.range(value.parent ?? value),
    },
  ]
}
