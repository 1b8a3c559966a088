import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { usageHelp } from './usage-help.ts'

const ENTRY =
  /\{\s*"([A-Za-z][\w-]*)"\s*,\s*(no|required|optional)_argument\s*,\s*[^,{}]*,\s*(?:'([^'\\])'|[^{}]*?)\s*\}/g

/** Tables of `getopt_long` in C and C++: `{"output", required_argument, NULL, 'o'}`. */
export function getoptTables({ source: { path, content } }: CodeFile): { flags: RawFlag[] } {
  if (!/\bgetopt_long(?:_only)?\b|\bstruct\s+option\b/.test(content)) return { flags: [] }
  const help = usageHelp(content)
  const flags = Array.from(content.matchAll(ENTRY), ({ 1: name = '', 2: value, 3: letter, index }): RawFlag => {
    const line = content.slice(0, index).split('\n').length
    const aliases = letter ? [`-${letter}`] : []
    return {
      name: `--${name}`,
      aliases,
      command: null,
      type: value === 'no' ? 'flag' : null,
      default: null,
      help: help.get(`--${name}`) ?? help.get(aliases[0] ?? '') ?? null,
      range: { path, start: line, end: line },
    }
  })
  return { flags }
}

/** `opts.on('-v', '--[no-]verbose', Integer, 'help')` of Ruby's OptionParser. */
const ON =
  /\b\w+\.on(?:_tail|_head)?[\s(]+((?:(?:"[^"\n]*"|'[^'\n]*'|:?\w+(?:::\w+)*|\[[^\]\n]*\])\s*,\s*)*(?:"[^"\n]*"|'[^'\n]*'|:?\w+(?:::\w+)*|\[[^\]\n]*\]))/g

/** Flags of Ruby's own OptionParser. */
export function rubyFlags({ source: { path, content } }: CodeFile): { flags: RawFlag[] } {
  if (!/\bOptionParser\b|\boptparse\b/.test(content)) return { flags: [] }
  const flags = Array.from(content.matchAll(ON)).flatMap(({ 1: written = '', index }): RawFlag[] => {
    const texts = Array.from(
      written.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g),
      ([, double, single]) => double ?? single ?? '',
    )
    const spelled = texts.filter((one) => /^-/.test(one))
    const names = spelled.map((one) =>
      one
        .replace(/^--\[no-\]/, '--')
        .replace(/[ =[].*$/, '')
        .replace(/^(-\w)[A-Z]+$/, '$1'),
    )
    const name = names.find((one) => one.startsWith('--')) ?? names[0]
    if (!name) return []
    const start = content.slice(0, index).split('\n').length
    const value = spelled.map((one) => /[ =]\[?=?([A-Za-z][\w,.-]*)/.exec(one)?.[1]).find(Boolean)
    const type = /,\s*(Integer|Float|String|Array|Numeric|Symbol)\b/.exec(written)?.[1] ?? value ?? 'flag'
    return [
      {
        name,
        aliases: names.filter((one) => one !== name),
        command: null,
        type,
        default: null,
        help: texts.filter((one) => !one.startsWith('-')).join(' ') || null,
        range: { path, start, end: start + written.split('\n').length - 1 },
      },
    ]
  })
  return { flags }
}
