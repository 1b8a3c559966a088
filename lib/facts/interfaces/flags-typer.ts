import type { Node } from 'web-tree-sitter'
import { docstringNode, stringContent } from '#lib/facts/parse/python-shapes.ts'
import { argumentsOf, keywordsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { calledName } from './python-class.ts'

/** Options of typer: parameters with a default, those described by `Option`; a parameter without default is no option. */
export function typerCommandLine({ root, source, packages }: CodeFile): CommandLine {
  const found: CommandLine = { flags: [], commands: [], variables: [] }
  if (!packages.has('typer')) return found
  const run = new Set([...source.content.matchAll(/\btyper\.run\(\s*(\w+)\s*\)/g)].map((match) => match[1]))
  for (const definition of root.descendantsOfType('function_definition')) {
    const name = definition.childForFieldName('name')?.text ?? ''
    const decorator = decoratorOf(definition)
    if (!decorator && !run.has(name)) continue
    const isCommand = decorator !== null && calledName(decorator) === 'command'
    const given = decorator
      ? (stringValue(argumentsOf(decorator)[0]) ?? stringValue(keywordsOf(decorator).get('name')))
      : null
    const command = isCommand ? (given ?? name.replaceAll('_', '-')) : null
    if (isCommand && command)
      found.commands.push({
        name: command,
        aliases: [],
        help: helpOf(definition, decorator),
        range: source.range(decorator),
      })
    for (const parameter of definition.childForFieldName('parameters')?.namedChildren ?? [])
      addOption(parameter, { command, found, source })
  }
  return found
}

/** The `@app.command()` or `@app.callback()` above a function. */
function decoratorOf(definition: Node): Node | null {
  const decorators = definition.parent?.type === 'decorated_definition' ? definition.parent.namedChildren : []
  const calls = decorators.flatMap((one) => (one.type === 'decorator' ? (one.firstNamedChild ?? []) : []))
  return calls.find((call) => /^(?:command|callback)$/.test(calledName(call)) && !/^click\./.test(call.text)) ?? null
}

function helpOf(definition: Node, decorator: Node): string | null {
  const given = stringValue(keywordsOf(decorator).get('help') ?? keywordsOf(decorator).get('short_help'))
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
  found: CommandLine
  source: CodeFile['source']
}

function addOption(parameter: Node, { command, found, source }: Reading): void {
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
  found.flags.push({ name: long ?? '', aliases, command, type: shown, ...shared })
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
