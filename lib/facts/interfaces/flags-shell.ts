import type { Node } from '#lib/facts/parse/node.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { usageHelp } from './usage-help.ts'

/** What a script looks at when it looks at its arguments. */
const ARGUMENT = /^"?\$(?:\{?1(?::-[^}]*)?\}?|\{?(?:arg|argument|opt|option|key|flag|param|i)\}?)"?$/
const TAKES_VALUE = /\$\{?(?:2|val|value|VALUE)\b|\bshift\b[^;]*[;\n][^;]*\$\{?1\b|\bOPTARG\b/
const NAME = /^--?[A-Za-z?][\w-]*$/

/** Flags of a shell script: `case "$1" in -f | --force)`, and the letters of `getopts`. */
export function shellFlags({ root, source }: CodeFile): { flags: RawFlag[] } {
  if (!/\bcase\b|\bgetopts\b/.test(source.content)) return { flags: [] }
  const help = usageHelp(source.content)
  const cases = root.descendantsOfType('case_statement')
  const ofCases = cases
    .filter((one) => ARGUMENT.test(one.childForFieldName('value')?.text ?? ''))
    .flatMap((one) => one.namedChildren.filter(({ type }) => type === 'case_item'))
    .flatMap((item) => flagOf(item, { source, help }))
  const all = [...ofCases, ...getoptsFlags({ root, cases, source, help })]
  const flags = [...new Map(all.toReversed().map((flag) => [`${flag.command} ${flag.name}`, flag])).values()].reverse()
  return { flags }
}

interface Reading {
  source: CodeFile['source']
  help: ReadonlyMap<string, string>
}

function flagOf(item: Node, { source, help }: Reading): RawFlag[] {
  const written = item.childrenForFieldName('value').flatMap((node) => node?.text.replace(/^["']|["']$/g, '') ?? [])
  const names = [...new Set(written.map((one) => one.replace(/=\*?$|[ =]"?\*$/, '')))].filter((one) => NAME.test(one))
  const name = names.find((one) => one.startsWith('--')) ?? names[0]
  const [first] = item.childrenForFieldName('value')
  if (!name || !first) return []
  const takesValue = written.some((one) => /[=*]$/.test(one)) || TAKES_VALUE.test(item.text)
  return [
    {
      name,
      aliases: names.filter((one) => one !== name),
      command: commandAround(item),
      type: takesValue ? null : 'flag',
      default: null,
      help: commentBehind(first, source) ?? names.map((one) => help.get(one)).find(Boolean) ?? null,
      range: source.range(first),
    },
  ]
}

/** A function that reads flags of its own is a command to the rest of the script, unless it reads those of the script. */
function commandAround(node: Node): string | null {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type !== 'function_definition') continue
    const name = at.childForFieldName('name')?.text ?? ''
    return /^_|main|pars|arg|opt|flag|param|cli/i.test(name) ? null : name
  }
  return null
}

/** `-f | --force) # Overwrites files`. */
function commentBehind(first: Node, { content }: CodeFile['source']): string | null {
  const line = content.split('\n')[first.startPosition.row] ?? ''
  return /\)(?:.*;;)?\s*#+\s*(\S.*)$/.exec(line)?.[1]?.trim() ?? null
}

/** `while getopts "ab:" opt`; the comment of a letter stands behind its case. */
function getoptsFlags({ root, cases, source, help }: Reading & { root: Node; cases: Node[] }): RawFlag[] {
  return root.descendantsOfType('command').flatMap((command) => {
    if (command.childForFieldName('name')?.text !== 'getopts') return []
    const [letters, variable] = command.childrenForFieldName('argument')
    const written = /^["']?:?([A-Za-z0-9:]+)["']?$/.exec(letters?.text ?? '')?.[1] ?? ''
    const items = cases
      .filter((one) => one.childForFieldName('value')?.text.replace(/["${}]/g, '') === variable?.text)
      .flatMap((one) => one.namedChildren)
    return Array.from(written.matchAll(/([A-Za-z0-9])(:?)/g), ([, letter = '', value]): RawFlag => {
      const item = items.find((one) => one.childForFieldName('value')?.text.replace(/["']/g, '') === letter)
      const place = item?.childForFieldName('value') ?? command
      return {
        name: `-${letter}`,
        aliases: [],
        command: commandAround(command),
        type: value ? null : 'flag',
        default: null,
        help: (item ? commentBehind(place, source) : null) ?? help.get(`-${letter}`) ?? null,
        range: source.range(place),
      }
    })
  })
}
