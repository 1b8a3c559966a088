import type { Node } from '#lib/facts/parse/node.ts'
import { annotationsOf, annotationText, annotationTexts } from './annotations.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'

/** Options and commands of picocli. */
export function javaCommandLine({ root, source }: CodeFile): CommandLine {
  const found: CommandLine = { flags: [], commands: [], variables: [] }
  if (!source.content.includes('picocli')) return found
  for (const node of root.descendantsOfType(['class_declaration', 'method_declaration'])) {
    const command = annotationsOf(node).find(({ name }) => name === 'Command')
    const name = annotationText(command, 'name')
    const help = annotationTexts(command, 'description').join(' ') || null
    const aliases = annotationTexts(command, 'aliases')
    if (name !== null) found.commands.push({ name, aliases, help, range: source.range(command?.node ?? node) })
  }
  for (const node of root.descendantsOfType(['field_declaration', 'method_declaration', 'formal_parameter'])) {
    const option = annotationsOf(node).find((one) => one.name === 'Option')
    const names = annotationTexts(option, 'names', 'value').filter((one) => one.startsWith('-'))
    const name = names.find((one) => one.startsWith('--')) ?? names[0]
    if (!option || !name) continue
    found.flags.push({
      name,
      aliases: names.filter((one) => one !== name),
      command: commandAround(node),
      type: node.childForFieldName('type')?.text ?? null,
      default: annotationText(option, 'defaultValue') ?? initialValue(node),
      help: annotationTexts(option, 'description').join(' ') || null,
      range: source.range(option.node, node),
    })
  }
  return found
}

function commandAround(node: Node): string | null {
  for (let at: Node | null = node; at; at = at.parent) {
    const command = annotationsOf(at).find((one) => one.name === 'Command')
    if (command) return annotationText(command, 'name')
  }
  return null
}

function initialValue(node: Node): string | null {
  const value = node.childForFieldName('declarator')?.childForFieldName('value')
  return value && /_literal$|^(?:true|false)$/.test(value.type) && value.type !== 'null_literal'
    ? value.text.replace(/^"(.*)"$/, '$1')
    : null
}
