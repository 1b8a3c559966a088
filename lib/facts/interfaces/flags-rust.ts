import type { Node } from '#lib/facts/parse/node.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { rustBuilderFlags } from './flags-rust-builder.ts'
import { attributesAbove, kebab, rustHelp } from './rust-attributes.ts'

const OPTIONS = /^(?:arg|clap|structopt|argh)$/

/** Flags and sub-commands of clap and structopt, derived or built. */
export function rustCommandLine({ root, source }: CodeFile): CommandLine {
  const found: CommandLine = { flags: [], commands: [], variables: [] }
  if (!/\b(?:clap|structopt|argh)\b/.test(source.content)) return found
  const owners = payloads(root)
  for (const node of root.descendantsOfType(['struct_item', 'enum_item'])) {
    const attributes = attributesAbove(node)
    const derived = attributes
      .filter(({ name }) => name === 'derive')
      .map(({ text }) => text)
      .join(' ')
    const name = node.childForFieldName('name')?.text ?? ''
    if (node.type === 'struct_item' && /\b(?:Parser|Args|Clap|StructOpt|FromArgs)\b/.test(derived))
      addFields(node.childForFieldName('body'), owners.get(name) ?? null, { found, source })
    if (
      node.type === 'enum_item' &&
      /\b(?:Subcommand|Clap|StructOpt|Parser)\b/.test(derived) &&
      !/\bValueEnum\b/.test(derived)
    )
      addVariants(node, { found, source })
  }
  const built = rustBuilderFlags(root, source)
  return {
    flags: [...found.flags, ...built.flags],
    commands: [...found.commands, ...built.commands],
    variables: [...found.variables, ...built.variables],
  }
}

interface Reading {
  found: CommandLine
  source: CodeFile['source']
}

/** Commands by the struct that holds their flags: `Rm(RmArgs)`. */
function payloads(root: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const variant of root.descendantsOfType('enum_variant')) {
    const type = variant.childForFieldName('body')?.namedChildren.find((one) => one.type === 'type_identifier')?.text
    const name = variant.childForFieldName('name')?.text
    if (type && name) found.set(type, kebab(name))
  }
  return found
}

function addVariants(node: Node, { found, source }: Reading): void {
  for (const variant of node.childForFieldName('body')?.namedChildren ?? []) {
    if (variant.type !== 'enum_variant') continue
    const attributes = attributesAbove(variant).filter(({ name }) => /^(?:command|clap|structopt)$/.test(name))
    const given = attributes.flatMap(({ values }) => values.get('name') ?? [])[0]
    const isOpaque = attributes.some(
      ({ values }) => values.has('external_subcommand') || values.has('skip') || values.has('flatten'),
    )
    if (isOpaque) continue
    // A name that a constant holds is not known here.
    if (given?.includes('::')) continue
    const name = given ?? kebab(variant.childForFieldName('name')?.text ?? '')
    const help = attributes.flatMap(({ values }) => values.get('about') ?? [])[0] || rustHelp(variant)
    const aliases = attributes.flatMap(({ values }) =>
      [values.get('alias'), values.get('visible_alias')].filter((one) => one !== undefined),
    )
    found.commands.push({ name, aliases, help, range: source.range(variant) })
    const body = variant.childForFieldName('body')
    if (body?.type === 'field_declaration_list') addFields(body, name, { found, source })
  }
}

function addFields(body: Node | null, command: string | null, { found, source }: Reading): void {
  for (const field of body?.namedChildren ?? []) {
    if (field.type !== 'field_declaration') continue
    const options = attributesAbove(field).filter(({ name }) => OPTIONS.test(name))
    const values = new Map(options.flatMap((one) => [...one.values]))
    const name = field.childForFieldName('name')?.text.replace(/^r#/, '') ?? ''
    const [first, ...aliases] = spellingsOf(name, values)
    const shared = {
      default: values.get('default_value') || values.get('default_value_t') || null,
      help: values.get('help') || rustHelp(field),
      range: source.range(field),
    }
    if (values.has('env')) found.variables.push({ name: values.get('env') || name.toUpperCase(), ...shared })
    const type = field.childForFieldName('type')?.text.replace(/^Option<(.*)>$/, '$1') ?? null
    if (first) found.flags.push({ name: first, aliases, command, type, ...shared })
  }
}

/** How a flag is typed, the long form first; nothing for a positional argument. */
function spellingsOf(name: string, values: Map<string, string>): string[] {
  const alias = values.get('alias') ?? values.get('visible_alias')
  return [
    values.has('long') ? `--${values.get('long') || kebab(name)}` : null,
    values.has('short') ? `-${values.get('short') || name.charAt(0)}` : null,
    alias ? `--${alias}` : null,
  ].filter((one) => one !== null)
}
