import type { Node } from '#lib/facts/parse/node.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, shownValue, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'

const KINGPIN = /\balecthomas\/kingpin(?:\.v\d+|\/v\d+)?$/
/** What ends a flag: the type of its value. */
const VALUE =
  /^(?:Enum|ExistingFile|ExistingDir|File|URL|TCP|IP|Bytes|Duration|Bool|String|Int|Uint|Float|Regexp|Counter)/

/** Flags of kingpin: `app.Flag("name", "help").Short('n').Default("1").String()`. */
export function kingpinFlags({ root, source, packages }: CodeFile): { flags: RawFlag[] } {
  if (![...packages].some((name) => KINGPIN.test(name))) return { flags: [] }
  const flags = root.descendantsOfType('call_expression').flatMap((call): RawFlag[] => {
    const [name, help] = methodOf(call) === 'Flag' ? argumentsOf(call).map((one) => stringValue(one)) : []
    if (!name || help === null || help === undefined || !/^[a-z][\w.-]*$/i.test(name)) return []
    const further = callsBehind(call)
    if (further.has('Hidden')) return []
    const short = further.get('Short')?.[0]?.text.replace(/'/g, '')
    const type = [...further.keys()].find((method) => VALUE.test(method)) ?? null
    return [
      {
        name: `--${name}`,
        aliases: short ? [`-${short}`] : [],
        command: null,
        type: type ? type.replace(/Var$/, '').toLowerCase() : null,
        default: shownValue(further.get('Default')?.[0]) || null,
        help: help || null,
        range: source.range(call),
      },
    ]
  })
  return { flags }
}

function methodOf(call: Node): string {
  return call.childForFieldName('function')?.childForFieldName('field')?.text ?? ''
}

/** Methods that are called on what a call gives, with their arguments. */
function callsBehind(call: Node): Map<string, Node[]> {
  const found = new Map<string, Node[]>()
  let at: Node | null = call
  while (at?.parent?.type === 'selector_expression' && at.parent.parent?.type === 'call_expression') {
    at = at.parent.parent
    found.set(methodOf(at), argumentsOf(at))
  }
  return found
}
