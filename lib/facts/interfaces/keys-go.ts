import type { EnvironmentRead, RawKey } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { type GoField, goStructs } from './go-structs.ts'
import { type ConfigField, structKeys } from './keys-structs.ts'

const TAGS = ['mapstructure', 'koanf', 'yaml', 'toml', 'ini', 'hcl']

/** Keys of configuration structs and of viper; variables that tags like `env:"PORT"` name. */
export function goSettings({ root, source, packages }: CodeFile): { keys: RawKey[]; variables: EnvironmentRead[] } {
  const { content } = source
  const hasTags = /`[^`\n]*\b(?:mapstructure|koanf|yaml|toml|ini|hcl|env|envconfig):"/.test(content)
  const structs = hasTags ? goStructs(root, source) : []
  const tagged = structs.map(({ name, fields }) => ({
    name,
    fields: fields.flatMap((field) => fieldOf(field, source)),
  }))
  const isViper = [...packages].some((name) => /spf13\/viper$/.test(name))
  return {
    keys: [...structKeys(tagged), ...(isViper ? viperKeys(root, source) : [])],
    variables: structs.flatMap(({ fields }) => fields.flatMap((field) => variableOf(field, source))),
  }
}

function fieldOf(field: GoField, source: CodeFile['source']): ConfigField[] {
  const tag = TAGS.map((key) => field.tags.get(key)).find((value) => value !== undefined)
  const [key = '', ...options] = tag?.split(',') ?? []
  const isInline = options.includes('inline') || options.includes('squash') || (field.name === '' && key === '')
  if (tag === undefined || key === '-' || (key === '' && !isInline)) return []
  return [
    {
      key,
      inner: field.type.replace(/^[*[\]]+/, ''),
      fields: field.fields.flatMap((one) => fieldOf(one, source)),
      isInline,
      fact: {
        type: field.type,
        default: field.tags.get('default') ?? null,
        help: field.tags.get('description') ?? field.help,
        range: source.range(field.node),
      },
    },
  ]
}

/** `env:"PORT" envDefault:"80"`, `envconfig:"PORT" default:"80"`. */
function variableOf(field: GoField, source: CodeFile['source']): EnvironmentRead[] {
  const name = (field.tags.get('env') ?? field.tags.get('envconfig'))?.split(',')[0]
  const inner = field.fields.flatMap((one) => variableOf(one, source))
  if (!name || !/^[A-Z][A-Z0-9_]*$/.test(name)) return inner
  const fallback = field.tags.get('envDefault') ?? field.tags.get('env-default') ?? field.tags.get('default') ?? null
  const help = field.tags.get('env-description') ?? field.tags.get('desc') ?? field.help
  return [{ name, default: fallback, help, range: source.range(field.node) }, ...inner]
}

const READS = /^(?:Get(String|Bool|Int|Int32|Int64|Float64|Duration|StringSlice|StringMap|Time|)|SetDefault)$/

/** `viper.SetDefault("a.b", 1)`, `viper.GetString("a.b")`: once per key, with its default where one is set. */
function viperKeys(root: CodeFile['root'], source: CodeFile['source']): RawKey[] {
  const found = new Map<string, RawKey>()
  for (const call of root.descendantsOfType('call_expression')) {
    const callee = call.childForFieldName('function')
    const method = READS.exec(callee?.childForFieldName('field')?.text ?? '')
    const object = callee?.childForFieldName('operand')?.text ?? ''
    const [first, second] = method && /^(?:viper|v|vip|conf\w*)$/i.test(object) ? argumentsOf(call) : []
    const name = stringValue(first)
    if (!method || !name || !/^[\w.-]+$/.test(name)) continue
    const known = found.get(name)
    const fallback = method[0] === 'SetDefault' ? shownValue(second) : null
    found.set(name, {
      name,
      owner: 'viper',
      help: null,
      type: known?.type ?? (method[1]?.toLowerCase() || null),
      default: known?.default ?? fallback,
      range: known && fallback === null ? known.range : source.range(call),
    })
  }
  return [...found.values()]
}
