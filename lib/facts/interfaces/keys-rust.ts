import type { Node } from '#lib/facts/parse/node.ts'
import type { RawKey } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { type ConfigField, structKeys } from './keys-structs.ts'
import { attributesAbove, kebab, rustHelp } from './rust-attributes.ts'

/** Where a configuration is read: such a file by its name, or one that reads a format of configurations. */
const READS = /\b(?:toml|serde_yaml|serde_yml|figment|confy|ron|deser_hjson|config)::/
const PATH = /(?:config|settings|conf|options)\w*(?:\/[^/]*)?\.rs$/i

/** Keys of structs that serde fills and whose name says that they are a configuration. */
export function rustKeys({ root, source }: CodeFile): RawKey[] {
  if (!/\bDeserialize\b/.test(source.content)) return []
  if (!/\bstruct\s+\w*(?:config|configuration|settings|options|conf|cfg)\b/i.test(source.content)) return []
  if (!PATH.test(source.path) && !READS.test(source.content)) return []
  const structs = root.descendantsOfType('struct_item').flatMap((node) => {
    const attributes = attributesAbove(node)
    const isRead = attributes.some(({ name, text }) => name === 'derive' && /\bDeserialize\b/.test(text))
    const name = node.childForFieldName('name')?.text
    const style =
      attributes.flatMap(({ name: key, values }) => (key === 'serde' ? (values.get('rename_all') ?? []) : []))[0] ?? ''
    const fields = node.childForFieldName('body')?.namedChildren ?? []
    return isRead && name ? [{ name, fields: fields.flatMap((field) => fieldOf(field, style, source)) }] : []
  })
  return structKeys(structs)
}

function fieldOf(field: Node, style: string, source: CodeFile['source']): ConfigField[] {
  const name = field.type === 'field_declaration' ? field.childForFieldName('name')?.text.replace(/^r#/, '') : undefined
  const values = new Map(
    attributesAbove(field)
      .filter((one) => one.name === 'serde')
      .flatMap((one) => [...one.values]),
  )
  if (!name || values.has('skip') || values.has('skip_deserializing')) return []
  const type = field.childForFieldName('type')?.text ?? ''
  return [
    {
      key: values.get('rename') || styled(name, style),
      inner: type.replace(/^(?:Option|Box|Vec|Arc)<(.*)>$/, '$1').replace(/^.*::/, ''),
      fields: [],
      isInline: values.has('flatten'),
      fact: {
        type: type.replace(/^Option<(.*)>$/, '$1') || null,
        default: null,
        help: rustHelp(field),
        range: source.range(field),
      },
    },
  ]
}

function styled(name: string, style: string): string {
  if (style === 'kebab-case') return kebab(name)
  if (style === 'camelCase') return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return style === 'SCREAMING_SNAKE_CASE' ? name.toUpperCase() : name
}
