import type { CommandFact } from '#lib/domain/facts.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { CommandMount, RawCommand } from '#lib/facts/parse/parsed-file.ts'
import { docstringNode, stringContent } from '#lib/facts/parse/python-shapes.ts'
import { argumentsOf, declaredValue, keywordsOf, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { decoratorMount, PythonCommandNames, pythonCommandMounts } from './command-tree-python.ts'
import { calledName } from './python-class.ts'

/** Sub-commands of argparse and click. The root group of a click program is no sub-command. */
export function pythonCommands({ root, source, packages }: CodeFile): Pick<CommandLine, 'commands' | 'commandMounts'> {
  const isArgparse = packages.has('argparse')
  const isClick = packages.has('click') || packages.has('rich_click') || packages.has('flask.cli')
  const parsers = isArgparse ? root.descendantsOfType('call').flatMap((call) => parserOf(call, source)) : []
  if (!isClick) return { commands: parsers }
  const names = new PythonCommandNames(root)
  const found = root.descendantsOfType('decorated_definition').flatMap((node) => clickCommand(node, source, names))
  return {
    commands: [...parsers, ...found.map(({ command }) => command)],
    commandMounts: [...found.flatMap(({ mounts }) => mounts), ...pythonCommandMounts(root, names)],
  }
}

function parserOf(call: Node, source: CodeFile['source']): CommandFact[] {
  const name = calledName(call) === 'add_parser' ? parserPath(call) : null
  if (name === null) return []
  const keywords = keywordsOf(call)
  const help = stringValue(keywords.get('help') ?? keywords.get('description'))?.replace(/\s+/g, ' ') ?? null
  const aliases = keywords.get('aliases')?.namedChildren.flatMap((one) => stringValue(one) ?? []) ?? []
  return [{ name, aliases, help, range: source.range(call) }]
}

/** Nobody nests parsers deeper. */
const MAX_DEPTH = 6

/** Words of a parser and of those around it: `sub = remote.add_subparsers()`, `sub.add_parser('add')`. */
export function parserPath(call: Node, depth = 0): string | null {
  const own = stringValue(argumentsOf(call)[0])
  const group = declaredValue(call.childForFieldName('function')?.childForFieldName('object'), 'python')
  const outer = declaredValue(group?.childForFieldName('function')?.childForFieldName('object'), 'python')
  if (own === null || depth > MAX_DEPTH || calledName(group) !== 'add_subparsers') return own
  const before = calledName(outer) === 'add_parser' && outer ? parserPath(outer, depth + 1) : null
  return before === null ? own : `${before} ${own}`
}

interface ClickCommand {
  command: RawCommand
  mounts: CommandMount[]
}

function clickCommand(node: Node, source: CodeFile['source'], names: PythonCommandNames): ClickCommand[] {
  const definition = node.childForFieldName('definition')
  const decorators = node.namedChildren.filter(({ type }) => type === 'decorator')
  return decorators
    .flatMap((decorator) => {
      const inner = decorator.firstNamedChild
      const name = definition?.childForFieldName('name')?.text ?? ''
      const [command] = definition ? commandOf(decorator, definition, source) : []
      if (!command || !inner) return []
      return [{ command: { ...command, names: [`.${name}`] }, mounts: decoratorMount(inner, name, names) }]
    })
    .slice(0, 1)
}

function commandOf(decorator: Node, definition: Node, source: CodeFile['source']): CommandFact[] {
  const inner = decorator.firstNamedChild
  const isCall = inner?.type === 'call'
  const callee = (isCall ? inner.childForFieldName('function') : inner)?.text ?? ''
  if (!inner || !/\.(?:command|group)$/.test(callee)) return []
  const keywords = isCall ? keywordsOf(inner) : new Map<string, Node>()
  const given = isCall ? (stringValue(argumentsOf(inner)[0]) ?? stringValue(keywords.get('name'))) : null
  const isRoot = given === null && /^(?:rich_)?click\.(?:group|command)$/.test(callee)
  const own = definition.childForFieldName('name')?.text.replace(/_(?:command|cmd|group|grp)$/, '')
  const name = given ?? own?.replaceAll('_', '-')
  if (!name || isRoot) return []
  const help = stringValue(keywords.get('short_help') ?? keywords.get('help')) ?? docOf(definition)
  return [{ name, aliases: [], help, range: source.range(decorator) }]
}

/** First paragraph of a function's docstring, one line. */
function docOf(definition: Node): string | null {
  const doc = docstringNode(definition.childForFieldName('body')?.namedChildren[0])
  return doc
    ? (stringContent(doc)
        .trim()
        .split(/\n\s*\n/)[0]
        ?.replace(/\s+/g, ' ') ?? null)
    : null
}
