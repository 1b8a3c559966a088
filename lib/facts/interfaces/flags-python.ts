import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, declaredValue, keywordsOf, shownValue, stringValue } from './arguments.ts'
import { parserPath } from './commands-python.ts'

const CALLS = `
(call function: (attribute object: (_) @object attribute: (identifier) @method) (#eq? @method "add_argument")) @argparse
(decorated_definition
  (decorator (call function: (attribute object: (identifier) @object attribute: (identifier) @method)) @click)
  definition: (function_definition) @command
  (#match? @method "^(option|version_option|help_option|confirmation_option|password_option)$"))
`

/** Flags declared with argparse or click. `packages` are the modules the file imports. */
export function pythonFlags(root: Node, source: SourceText, packages: Set<string>): RawFlag[] {
  const isArgparse = packages.has('argparse')
  const isClick = packages.has('click') || packages.has('rich_click')
  if (!isArgparse && !isClick) return []
  return matchesOf(source.grammar, CALLS, root).flatMap((captures) => {
    const argparse = captures.get('argparse')
    if (argparse) return isArgparse ? flagOf(argparse, parserName(captures.get('object')), source) : []
    const click = captures.get('click')
    const command = captures.get('command')
    if (!isClick || !click || !command) return []
    const owner = `.${command.childForFieldName('name')?.text ?? ''}`
    return flagOf(click, clickCommand(command), source).map((flag) => ({ ...flag, owner }))
  })
}

function flagOf(call: Node, command: string | null, source: SourceText): RawFlag[] {
  const names = argumentsOf(call).flatMap((argument) => stringValue(argument) ?? [])
  const spelled = names.flatMap((name) => name.split('/').map((part) => part.trim())).filter((name) => /^-/.test(name))
  const name = spelled.find((one) => one.startsWith('--')) ?? spelled[0]
  if (!name) return []
  const keywords = keywordsOf(call)
  const help = stringValue(keywords.get('help'))
  return [
    {
      name,
      aliases: spelled.filter((one) => one !== name),
      command,
      type: typeOf(keywords),
      default: shownValue(keywords.get('default')),
      help: help === null ? null : help.replace(/\\n/g, ' ').replace(/\s+/g, ' ').trim(),
      range: source.range(call),
    },
  ]
}

function typeOf(keywords: Map<string, Node>): string | null {
  const choices = keywords.get('choices')
  if (choices && choices.text.length <= 80) return choices.text
  const type = keywords.get('type')?.text.replace(/\s+/g, ' ')
  if (type) return type
  const isSwitch =
    /store_true|store_false/.test(keywords.get('action')?.text ?? '') || keywords.get('is_flag')?.text === 'True'
  return isSwitch ? 'flag' : null
}

/** Name given to `add_parser('name')` for the variable a flag is added to. */
function parserName(object: Node | undefined): string | null {
  const value = declaredValue(object, 'python')
  const isParser = value?.childForFieldName('function')?.childForFieldName('attribute')?.text === 'add_parser'
  return isParser && value ? parserPath(value) : null
}

/** Name of a click command: given to `@command('name')`, else from its function. Null for the program's root group. */
function clickCommand(definition: Node): string | null {
  const decorators = definition.parent?.namedChildren.filter(({ type }) => type === 'decorator') ?? []
  for (const decorator of decorators) {
    const call = decorator.firstNamedChild
    const callee = call?.type === 'call' ? call.childForFieldName('function') : call
    const method = callee?.childForFieldName('attribute')?.text
    if (!call || !/^(?:command|group)$/.test(method ?? '')) continue
    const named =
      call.type === 'call' ? (stringValue(argumentsOf(call)[0]) ?? stringValue(keywordsOf(call).get('name'))) : null
    if (named) return named
    if (callee?.childForFieldName('object')?.text === 'click') return null
    return (
      definition
        .childForFieldName('name')
        ?.text.replace(/_(?:command|cmd|group|grp)$/, '')
        .replaceAll('_', '-') ?? null
    )
  }
  return null
}
