import type { Grammar } from '#lib/facts/languages.ts'
import type { RawFlag } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { usageHelp } from './usage-help.ts'

/** How programs of a language look at their arguments without a parser: each pattern's first group holds the flags. */
interface Reading {
  /** Without this the file does not look at the arguments of the program. */
  file: RegExp
  lines: RegExp[]
}

const QUOTED = String.raw`["'](?:--?[A-Za-z][\w-]*=?)["']`
const LIST = String.raw`(${QUOTED}(?:\s*(?:,|\||\|\|)\s*${QUOTED})*)`
const ARGUMENT = String.raw`(?:\bprocess\.argv\s*\[[^\]]*\]|\bsys\.argv\s*\[[^\]]*\]|\bos\.Args\s*\[[^\]]*\]|(?<![\w.])(?:args?|argv|av|ARGV|\$arg[sv]?|rest)\s*\[[^\]]*\]|(?<![\w.])\$?(?:arg|argument|opt|option|flag|token)\b|\*argv\b)`
const CASE = new RegExp(String.raw`^\s*case\s+${LIST}\s*(?::|=>|->)`)
const EQUAL = new RegExp(String.raw`${ARGUMENT}\s*={2,3}\s*(${QUOTED})`, 'g')
const ARROW = new RegExp(String.raw`^\s*(?:Some\()?${LIST}\)?\s*(?:=>|->)`)

const JAVA: Reading = {
  file: /\bstatic\s+(?:async\s+)?(?:void|int|Task\b[^(]*)\s+[mM]ain\s*\(|\bfun\s+main\s*\(|\bdef\s+main\s*\(/,
  lines: [
    CASE,
    ARROW,
    EQUAL,
    new RegExp(String.raw`(${QUOTED})\.equals(?:IgnoreCase)?\(\s*${ARGUMENT}`, 'g'),
    new RegExp(String.raw`${ARGUMENT}\.equals(?:IgnoreCase)?\(\s*(${QUOTED})`, 'g'),
  ],
}

const SCRIPT: Reading = {
  file: /\bprocess\.argv\b|\bDeno\.args\b|\bBun\.argv\b/,
  lines: [
    CASE,
    EQUAL,
    new RegExp(
      String.raw`(?<![\w.])(?:process\.argv(?:\.slice\(\d\))?|argv|args|Deno\.args)\.(?:includes|indexOf|some)\(\s*(${QUOTED})`,
      'g',
    ),
    new RegExp(String.raw`(?<!!)${ARGUMENT}\.startsWith\(\s*(${QUOTED})`, 'g'),
  ],
}

const READINGS: Partial<Record<Grammar, Reading>> = {
  typescript: SCRIPT,
  tsx: SCRIPT,
  python: {
    file: /\bsys\.argv\b/,
    lines: [
      CASE,
      EQUAL,
      new RegExp(String.raw`(${QUOTED})\s+(?:not\s+)?in\s+(?:sys\.)?arg[sv]\w*`, 'g'),
      new RegExp(String.raw`${ARGUMENT}\s+in\s*[(\[{]\s*${LIST}`, 'g'),
    ],
  },
  go: { file: /\bos\.Args\b/, lines: [CASE, EQUAL] },
  rust: { file: /\benv::args(?:_os)?\s*\(/, lines: [ARROW, EQUAL] },
  java: JAVA,
  kotlin: JAVA,
  scala: JAVA,
  'c-sharp': JAVA,
  cpp: {
    file: /\bargv\b/,
    lines: [
      new RegExp(String.raw`\bstr(?:n?case)?n?cmp\s*\(\s*${ARGUMENT}\s*,\s*(${QUOTED})`, 'g'),
      new RegExp(String.raw`\bstr(?:n?case)?n?cmp\s*\(\s*(${QUOTED})\s*,\s*${ARGUMENT}`, 'g'),
      EQUAL,
    ],
  },
  ruby: {
    file: /\bARGV\b/,
    lines: [
      new RegExp(String.raw`^\s*when\s+${LIST}`),
      new RegExp(String.raw`\bARGV\.(?:include\?|delete|index)\(?\s*(${QUOTED})`, 'g'),
      EQUAL,
    ],
  },
  php: { file: /\$argv\b/, lines: [CASE, EQUAL, new RegExp(String.raw`\bin_array\(\s*(${QUOTED})\s*,\s*\$arg`, 'g')] },
  swift: {
    file: /\bCommandLine\.arguments\b/,
    lines: [CASE, EQUAL, new RegExp(String.raw`\b(?:CommandLine\.)?arg(?:ument)?s\.contains\(\s*(${QUOTED})`, 'g')],
  },
  lua: { file: /(?<![\w.])arg\s*\[/, lines: [EQUAL] },
}

const COMMENT = /^\s*(?:\/\/|\*|\/\*|#(?!\[)|--(?=\s))/
const MAX_LINE_CHARS = 500

/** Flags that a program compares its arguments with itself; those of `known` names were declared to a parser. */
export function flagsByHand({ source: { path, content, grammar } }: CodeFile, known: ReadonlySet<string>): RawFlag[] {
  const reading = READINGS[grammar]
  if (!reading?.file.test(content)) return []
  const help = usageHelp(content)
  const found = new Map<string, RawFlag>()
  content.split('\n').forEach((line, at) => {
    if (line.length > MAX_LINE_CHARS || !/["']-/.test(line) || COMMENT.test(line)) return
    const names = namesIn(line, reading).filter((name) => !known.has(name) && !found.has(name))
    const [name] = names.toSorted((a, b) => dashes(b) - dashes(a))
    if (!name) return
    const flag = {
      name,
      aliases: names.filter((one) => one !== name),
      command: null,
      type: null,
      default: null,
      help: names.map((one) => help.get(one)).find(Boolean) ?? null,
      range: { path, start: at + 1, end: at + 1 },
    }
    for (const one of names) found.set(one, flag)
  })
  return [...new Set(found.values())]
}

function namesIn(line: string, { lines }: Reading): string[] {
  const texts = lines.flatMap((pattern) =>
    pattern.global ? Array.from(line.matchAll(pattern), (match) => match[1] ?? '') : (pattern.exec(line)?.[1] ?? []),
  )
  return [...new Set(texts.flatMap((text) => text.match(/--?[A-Za-z][\w-]*/g) ?? []))]
}

/** Long names come first. */
function dashes(name: string): number {
  return name.startsWith('--') ? 2 : 1
}
