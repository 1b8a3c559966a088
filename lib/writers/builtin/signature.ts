const WIDEST_LINE = 92
const LONGEST = 2_400

/** A folded declaration broken over lines where it is wide: one parameter, member or alternative per line. */
export function wrapSignature(signature: string): string {
  const long = signature.length > LONGEST ? `${signature.slice(0, LONGEST)} …` : signature
  const text = tidy(long)
  if (text.length <= WIDEST_LINE || text.includes('\n')) return text
  return breakGenerics(text) ?? breakBrackets(text) ?? breakUnion(text) ?? text
}

/** Folding a declaration leaves commas before closing brackets and a bar before the first alternative. */
function tidy(text: string): string {
  return text
    .replace(/,\s+([)\]}>])/g, (_, bracket: string) => (bracket === '}' ? ' }' : bracket))
    .replace(/= \| /g, '= ')
}

/** Type parameters that fill most of a line stand on lines of their own. */
function breakGenerics(text: string): string | null {
  const open = text.search(/[<({=]/)
  const close = text[open] === '<' ? matchingAngle(text, open) : -1
  if (close < 0 || close - open < WIDEST_LINE / 2) return null
  const parts = splitTopLevel(text.slice(open + 1, close), ',')
  if (parts.length < 2) return null
  const inner = parts.map((part, index) => `  ${part}${index < parts.length - 1 ? ',' : ''}`)
  const rest = text.slice(close)
  const tail =
    rest.length > WIDEST_LINE ? ((rest.startsWith('> =') ? breakUnion(rest) : breakBrackets(rest)) ?? rest) : rest
  return [text.slice(0, open + 1), ...inner, tail].join('\n')
}

function matchingAngle(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index += 1) {
    const character = text[index]
    if (character === '<') depth += 1
    else if (character === '>' && !/[=-]/.test(text[index - 1] ?? '')) depth -= 1
    if (depth === 0) return index
  }
  return -1
}

function breakBrackets(text: string): string | null {
  const open = text.search(/[({]/)
  if (open < 0) return null
  const close = matching(text, open)
  if (close < 0 || close === open + 1) return null
  const separator = text[open] === '(' ? ',' : text.slice(open, close).includes(';') ? ';' : ','
  const parts = splitTopLevel(text.slice(open + 1, close), separator)
  if (parts.length < 2) return null
  const inner = parts.map((part, index) => `  ${part}${index < parts.length - 1 ? separator : ''}`)
  return [text.slice(0, open + 1), ...inner, text.slice(close)].join('\n')
}

function breakUnion(text: string): string | null {
  const equals = text.indexOf(' = ')
  if (equals < 0 || splitTopLevel(text.slice(0, equals), ',').length > 1 || /[({]/.test(text.slice(0, equals)))
    return null
  const parts = splitTopLevel(text.slice(equals + 3), '|')
  return parts.length < 2 ? null : [text.slice(0, equals + 2), ...parts.map((part) => `  | ${part}`)].join('\n')
}

function splitTopLevel(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (quote) quote = character === quote && text[index - 1] !== '\\' ? '' : quote
    else if (/["'`]/.test(character)) quote = character
    else if (/[([{<]/.test(character)) depth += 1
    else if (/[)\]}]/.test(character) || (character === '>' && !/[=-]/.test(text[index - 1] ?? ''))) depth -= 1
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, index).trim())
      start = index + 1
    }
  }
  parts.push(text.slice(start).trim())
  return parts.filter((part) => part !== '')
}

function matching(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index += 1) {
    if (/[([{]/.test(text.charAt(index))) depth += 1
    else if (/[)\]}]/.test(text.charAt(index))) depth -= 1
    if (depth === 0) return index
  }
  return -1
}
