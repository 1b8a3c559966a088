const KEYWORD =
  /(?:^|\s)(?:function\*?|def|func|fn|class|interface|type|enum|struct|trait|const|let|var|constructor)(?=[\s(])/
const EXPORTS = /\b(?:export|default|declare|public)\s+/g

/** The declaration of `name` that a block of code begins with; null when it is something else, such as a call. */
export function declarationOf(code: string, name: string): string | null {
  const text = code.trim()
  const start = text.split('\n').find((line) => line.trim() !== '' && !/^\s*[@#/*]/.test(line)) ?? ''
  const written = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (!new RegExp(`(?<![\\w$.])${written}(?![\\w$])`).test(text)) return null
  const isDeclared = KEYWORD.test(start) || /\)\s*(?::|->)\s*\S/.test(text)
  const isUse = /^\s*(?:import|from|await|return|const \w+ = await)\b/.test(start) || /\n\s*\n/.test(text)
  return isDeclared && !isUse ? text : null
}

/** The declarations a block of code consists of, when it lists overloads: each begins at the left edge. */
export function declarationsIn(code: string): string[] {
  return code.trim().split(/\n(?=[^\s)\]}>:|&{=.,/*])(?<!@[^\n]*\n)/)
}

/** Whether a documented signature says what the code says; the documentation may leave the end or the return type out. */
export function sameSignature(documented: string, signature: string): boolean {
  const mine = folded(withoutMembers(documented))
  const code = folded(withoutMembers(signature))
  if (mine === code || (mine.length > 0 && code.startsWith(mine) && !mine.endsWith('('))) return true
  if (/…|\.\.\.[,)}]/.test(mine)) return inOrder(mine.split(/…|\.\.\.(?=[,)}])/), code)
  const ours = parametersOf(mine)
  const theirs = parametersOf(code)
  if (ours === null || theirs === null || ours.length !== theirs.length) return false
  return ours.every((parameter, index) => parameter === theirs[index]) && sameReturn(mine, code)
}

/** The head of a type whose members are listed below it: those are signatures of their own. */
function withoutMembers(text: string): string {
  const [head] = /^[^{(=]*\b(?:class|interface|enum|struct|trait)\s[^{(=]*(?=\{)/.exec(text) ?? []
  return head ?? text
}

/** A type or default without blanks and quotes of one kind, so that only its meaning counts. */
export function foldedType(text: string): string {
  return folded(text)
    .replace(/["`]/g, "'")
    .replace(/^'(.*)'$/, '$1')
}

function folded(text: string): string {
  return text
    .replace(EXPORTS, '')
    .replace(/\s+/g, '')
    .replace(/[,;]+(?=[)}\]>])/g, '')
    .replace(/^[|&]/, '')
    .replace(/([:=<(])[|&]/g, '$1')
    .replace(/\{?(?:\.\.\.|…)?\}?[;:{]*$/, (end) => (/^\}/.test(end) ? end : ''))
}

function inOrder(parts: string[], text: string): boolean {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return true
}

/** What stands between the first parentheses, split at commas outside brackets; null when there are none. */
function parametersOf(text: string): string[] | null {
  const open = text.indexOf('(')
  if (open === -1) return null
  const parts: string[] = []
  let depth = 0
  let start = open + 1
  for (let at = open; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if ('([{'.includes(char)) depth += 1
    else if (')]}'.includes(char)) depth -= 1
    if ((char === ',' && depth === 1) || depth === 0) {
      if (at > start) parts.push(text.slice(start, at))
      start = at + 1
    }
    if (depth === 0) return parts
  }
  return null
}

/** A return type that is documented must be the one of the code. */
function sameReturn(documented: string, code: string): boolean {
  const after = (text: string) => /\)(?::|->)([^(]*)$/.exec(text)?.[1] ?? ''
  return after(documented) === '' || after(documented) === after(code)
}
