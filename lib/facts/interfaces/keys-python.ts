import type { EnvironmentRead, RawKey } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, keywordsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { calledName, type PythonClass, pythonClass } from './python-class.ts'

interface Settings {
  keys: RawKey[]
  variables: EnvironmentRead[]
}

/** Settings classes of pydantic: each field is a key, and a variable of the same name. */
export function pythonSettings({ root, source }: CodeFile): Settings {
  const found: Settings = { keys: [], variables: [] }
  if (!/\bBaseSettings\b/.test(source.content)) return found
  const classes = root.descendantsOfType('class_definition').map(pythonClass)
  for (const one of classes) {
    if (!isSettings(one, classes, 0)) continue
    const prefix = prefixOf(one, source.content)
    for (const field of one.fields) addField(field, { one, prefix, found, source })
  }
  return found
}

function isSettings({ bases }: PythonClass, classes: PythonClass[], depth: number): boolean {
  return bases.some((base) => {
    const known = classes.find(({ name }) => name === base)
    return (
      /(?:^|\.)BaseSettings$/.test(base) || (known !== undefined && depth < 4 && isSettings(known, classes, depth + 1))
    )
  })
}

/** `env_prefix` of the class's configuration. */
function prefixOf(one: PythonClass, content: string): string {
  const config = one.fields.find(({ name }) => name === 'model_config')?.value
  const given = config?.type === 'call' ? stringValue(keywordsOf(config).get('env_prefix')) : null
  const body = content.slice(one.node.startIndex, one.node.endIndex)
  return given ?? /\benv_prefix\s*=\s*["'](\w+)["']/.exec(body)?.[1] ?? ''
}

interface Reading {
  one: PythonClass
  prefix: string
  found: Settings
  source: CodeFile['source']
}

function addField(
  { name, type, value, node }: PythonClass['fields'][number],
  { one, prefix, found, source }: Reading,
): void {
  if (name === 'model_config' || name.startsWith('_') || type === null || /^ClassVar\b/.test(type)) return
  const keywords = calledName(value) === 'Field' && value ? keywordsOf(value) : null
  const first =
    keywords && value ? argumentsOf(value).find((argument) => argument.type !== 'keyword_argument') : undefined
  const fallback = keywords ? (keywords.get('default') ?? first) : value
  const shared = {
    default: fallback && fallback.type !== 'ellipsis' ? shownValue(fallback) : null,
    help: stringValue(keywords?.get('description')) ?? null,
    range: source.range(node),
  }
  found.keys.push({ name, type, owner: one.name, ...shared })
  const alias = stringValue(keywords?.get('validation_alias') ?? keywords?.get('alias') ?? keywords?.get('env'))
  found.variables.push({ name: alias ?? `${prefix}${name}`.toUpperCase(), ...shared })
}
