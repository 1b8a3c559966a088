import type { Node } from '#lib/facts/parse/node.ts'
import { docstringNode, stringContent } from '#lib/facts/parse/python-shapes.ts'
import { argumentsOf, keywordsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { decoratorMount, PythonCommandNames, pythonCommandMounts } from './command-tree-python.ts'
import { calledName } from './python-class.ts'

/**
 * Options of typer: parameters with a default, those described by `Option`; a parameter without default is no option. A
 * function with described parameters may become a command in another file.
 */
export function typerCommandLine({ root, source, packages }: CodeFile): CommandLine {
  const found: CommandLine = { flags: [], commands: [], commandMounts: [], variables: [] }
  if (!packages.has('typer')) return found
  const names = new PythonCommandNames(root)
  found.commandMounts = pythonCommandMounts(root, names)
  found.commands.push(...groupsOf(root, source))
  const run = new Set([...source.content.matchAll(/\btyper\.run\(\s*(\w+)\s*\)/g)].map((match) => match[1] ?? ''))
  for (const definition of root.descendantsOfType('function_definition')) {
    const decorator = decoratorOf(definition)
    const name = definition.childForFieldName('name')?.text ?? ''
    if (decorator || run.has(name) || isLoose(definition))
      addCommand(definition, decorator, { found, names, run, source })
  }
  return found
}

interface File {
  found: CommandLine
  names: PythonCommandNames
  /** Functions that are the whole program. */
  run: ReadonlySet<string>
  source: CodeFile['source']
}

function addCommand(definition: Node, decorator: Node | null, { found, names, run, source }: File): void {
  const name = definition.childForFieldName('name')?.text ?? ''
  const isCommand = !run.has(name) && (decorator === null || calledName(decorator) === 'command')
  const command = isCommand ? (givenName(decorator) ?? name.replaceAll('_', '-')) : null
  const group = decorator?.childForFieldName('function')?.childForFieldName('object')?.text
  if (command !== null) {
    const help = helpOf(definition, decorator)
    const range = source.range(decorator ?? definition.childForFieldName('name') ?? definition)
    found.commands.push({ name: command, names: [`.${name}`], aliases: [], help, range })
    if (decorator) found.commandMounts?.push(...decoratorMount(decorator, name, names))
  }
  const owner = command !== null ? `.${name}` : group ? `.${group}` : null
  for (const parameter of definition.childForFieldName('parameters')?.namedChildren ?? [])
    addOption(parameter, { command, owner, found, source })
}

function givenName(decorator: Node | null): string | null {
  return decorator ? (stringValue(argumentsOf(decorator)[0]) ?? stringValue(keywordsOf(decorator).get('name'))) : null
}

/** Programs and groups of commands: `app = typer.Typer(name="…")`. */
function groupsOf(root: Node, source: CodeFile['source']): CommandLine['commands'] {
  return root.descendantsOfType('assignment').flatMap((assignment) => {
    const variable = assignment.childForFieldName('left')
    const call = assignment.childForFieldName('right')
    if (variable?.type !== 'identifier' || call?.type !== 'call' || calledName(call) !== 'Typer') return []
    const keywords = keywordsOf(call)
    const name = stringValue(keywords.get('name')) ?? ''
    const help = stringValue(keywords.get('help'))?.replace(/\s+/g, ' ') ?? null
    return [{ name, names: [`.${variable.text}`], aliases: [], help, range: source.range(call) }]
  })
}

/** A function that another file makes a command: its parameters are described as options are. */
function isLoose(definition: Node): boolean {
  if (definition.parent?.type !== 'module') return false
  const parameters = definition.childForFieldName('parameters')
  return (parameters?.descendantsOfType('call') ?? []).some((call) =>
    /^typer\.(?:Option|Argument)$/.test(call?.childForFieldName('function')?.text ?? ''),
  )
}

/** The `@app.command()` or `@app.callback()` above a function. */
function decoratorOf(definition: Node): Node | null {
  const decorators = definition.parent?.type === 'decorated_definition' ? definition.parent.namedChildren : []
  const calls = decorators.flatMap((one) => (one.type === 'decorator' ? (one.firstNamedChild ?? []) : []))
  return calls.find((call) => /^(?:command|callback)$/.test(calledName(call)) && !/^click\./.test(call.text)) ?? null
}

function helpOf(definition: Node, decorator: Node | null): string | null {
  const keywords = decorator ? keywordsOf(decorator) : new Map<string, Node>()
  const given = stringValue(keywords.get('help') ?? keywords.get('short_help'))
  const doc = docstringNode(definition.childForFieldName('body')?.namedChildren[0])
  return (
    given ??
    (doc
      ? (stringContent(doc)
          .trim()
          .split(/\n\s*\n/)[0]
          ?.replace(/\s+/g, ' ') ?? null)
      : null)
  )
}

interface Reading {
  command: string | null
  /** What the code knows the command by. */
  owner: string | null
  found: CommandLine
  source: CodeFile['source']
}

function addOption(parameter: Node, { command, owner, found, source }: Reading): void {
  const name = (parameter.childForFieldName('name') ?? parameter.firstNamedChild)?.text
  const type = parameter.childForFieldName('type')
  const value = parameter.childForFieldName('value')
  const described = [value, ...(type?.descendantsOfType('call') ?? [])].find((one) =>
    /^(?:Option|Argument)$/.test(calledName(one ?? null)),
  )
  const isOption = described
    ? calledName(described) === 'Option'
    : value !== null && !/Context\b/.test(type?.text ?? '')
  if (!name || !type || !isOption) return
  const keywords = described ? keywordsOf(described) : new Map<string, Node>()
  const [long, ...aliases] = spellingsOf(name, described)
  const first = described && described.id === value?.id ? defaultIn(described) : value
  const shared = {
    default: first && first.type !== 'ellipsis' && !/^-/.test(stringValue(first) ?? '') ? shownValue(first) : null,
    help: stringValue(keywords.get('help'))?.replace(/\s+/g, ' ') ?? null,
    range: source.range(parameter),
  }
  const shown = /^Annotated\[\s*([^,]+)/.exec(type.text)?.[1] ?? type.text
  found.flags.push({ name: long ?? '', aliases, command, owner, type: shown, ...shared })
  const variable = stringValue(keywords.get('envvar'))
  if (variable) found.variables.push({ name: variable, ...shared })
}

/** How an option is typed, the long form first. */
function spellingsOf(name: string, described: Node | null | undefined): string[] {
  const texts = described ? argumentsOf(described).flatMap((one) => stringValue(one) ?? []) : []
  const spelled = texts
    .flatMap((text) => text.split('/'))
    .map((text) => text.trim())
    .filter((text) => text.startsWith('-'))
  const long = spelled.find((one) => one.startsWith('--')) ?? spelled[0] ?? `--${name.replaceAll('_', '-')}`
  return [long, ...spelled.filter((one) => one !== long)]
}

function defaultIn(described: Node): Node | undefined {
  return keywordsOf(described).get('default') ?? argumentsOf(described).find((one) => one.type !== 'keyword_argument')
}
