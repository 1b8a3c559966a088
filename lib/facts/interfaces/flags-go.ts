import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { argumentsOf, declaredValue, shownValue, stringValue } from './arguments.ts'
import { GoCommandNames } from './command-tree-go.ts'

const CALLS = `
(call_expression function: (selector_expression operand: (_) @operand field: (field_identifier) @method)
  (#match? @method "^(Bool|Duration|Float64|Float32|Int|Int8|Int16|Int32|Int64|String|StringSlice|StringArray|Uint|Uint8|Uint16|Uint32|Uint64|Count|BoolSlice|IntSlice|DurationSlice|StringToString|StringToInt|IP|IPNet|IPSlice|BytesHex|BytesBase64|Text)?(Var)?P?$")) @call
`
const PFLAG = 'github.com/spf13/pflag'
const COBRA = 'github.com/spf13/cobra'

/** Flags declared with flag, pflag or cobra. `packages` are the file's import paths. */
export function goFlags(root: Node, source: SourceText, packages: Set<string>): RawFlag[] {
  const isLong = packages.has(PFLAG) || packages.has(COBRA)
  if (!(isLong || packages.has('flag')) || !/\bflag|FlagSet|Flags\(\)/.test(source.content)) return []
  const names = packages.has(COBRA) ? new GoCommandNames(root) : null
  return matchesOf(source.grammar, CALLS, root).flatMap((captures) => {
    const { call, operand, method } = {
      call: captures.get('call'),
      operand: captures.get('operand'),
      method: captures.get('method'),
    }
    if (!call || !operand || !method || !isFlagSet(operand)) return []
    return flagOf(call, { operand, method: method.text, isLong, names }, source)
  })
}

/** `flag`, `cmd.Flags()`, or a variable made by `NewFlagSet`, `Flags()` or `PersistentFlags()`. */
function isFlagSet(operand: Node): boolean {
  if (/^p?flag$/.test(operand.text) || /\b(?:Persistent)?Flags\(\)$/.test(operand.text)) return true
  return /NewFlagSet\(|Flags\(\)$/.test(declaredValue(operand, 'go')?.text ?? '')
}

interface Called {
  operand: Node
  method: string
  isLong: boolean
  names: GoCommandNames | null
}

function flagOf(call: Node, { operand, method, isLong, names }: Called, source: SourceText): RawFlag[] {
  const all = argumentsOf(call)
  const rest = method.includes('Var') ? all.slice(1) : all
  const isCustom = /^VarP?$/.test(method)
  const name = stringValue(rest[0])
  const shorthand = method.endsWith('P') ? stringValue(rest[1]) : null
  const behind = method.endsWith('P') ? rest.slice(2) : rest.slice(1)
  // A count and a value of one's own have no default among the arguments.
  const [value, help] = isCustom || method.startsWith('Count') ? [undefined, behind[0]] : behind
  if (!name || !help) return []
  const owner = ownerOf(operand)
  return [
    {
      ...(names && owner !== null ? { owner: names.ofVariable(owner, operand) } : {}),
      name: `${isLong ? '--' : '-'}${name}`,
      aliases: shorthand ? [`-${shorthand}`] : [],
      command: owner === null ? null : cobraCommand(owner, source),
      type: isCustom
        ? null
        : method
            .replace(/(?:Var)?P?$/, '')
            .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
            .toLowerCase(),
      default: shownValue(value) || null,
      help: stringValue(help),
      range: source.range(call),
    },
  ]
}

/** Variable of the cobra command whose flags these are. */
function ownerOf(operand: Node): string | null {
  const flags = declaredValue(operand, 'go') ?? operand
  return /(?:^|\.)(\w+)\.(?:Persistent|Local)?Flags\(\)$/.exec(flags.text)?.[1] ?? null
}

/** First word of `Use` of a cobra command. */
function cobraCommand(owner: string, { content: text }: SourceText): string | null {
  const start = new RegExp(`\\b${owner}\\s*:?=\\s*&?cobra\\.Command\\s*{`).exec(text)
  const use = start ? /^[^}]{0,600}?\bUse:\s*"([^"\s]+)/.exec(text.slice(start.index + start[0].length)) : null
  return use?.[1] ?? null
}
