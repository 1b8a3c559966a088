/** Names a JavaScript file offers by a list or as its default: `[offered, declared]`. None for other languages. */
export function exportedAs(content: string, grammar: string): [offered: string, declared: string][] {
  if (!/^(?:typescript|tsx)$/.test(grammar)) return []
  return [...defaultExports(content), ...listedExports(content)]
}

const DEFAULT =
  /^[ \t]*(?:export\s+default\s+(?:async\s+)?(?:abstract\s+)?(?:function\s*\*?\s*|class\s+)?|export\s*=\s*|(?:exports\s*=\s*)?module\.exports\s*=\s*(?:async\s+)?(?:function\s*\*?\s*|class\s+)?|module\.exports\.default\s*=\s*)([A-Za-z_$][\w$]*)/gm

function defaultExports(content: string): [string, string][] {
  if (!/\bexport\s+default\b|module\.exports|\bexport\s*=/.test(content)) return []
  return Array.from(content.matchAll(DEFAULT), ([, name = '']) => name)
    .filter((name) => !/^(?:function|class|async|new|await|require)$/.test(name))
    .flatMap((name): [string, string][] => [
      ['default', name],
      ...(isExportedByName(content, name) ? [[name, name] as [string, string]] : []),
    ])
}

/** `export const way = 1` beside `export default way`. */
function isExportedByName(content: string, name: string): boolean {
  return Array.from(content.matchAll(DECLARED), ([, declared]) => declared).includes(name)
}

const DECLARED =
  /^[ \t]*export\s+(?:(?:declare|abstract|async)\s+)*(?:const|let|var|function\s*\*?|class|enum|interface|type|namespace)\s+([\w$]+)/gm

const ENTRY = /(?<=^|,)\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*(?=,|$)/g

function listedExports(content: string): [string, string][] {
  return listsOf(content).flatMap((list) =>
    Array.from(list.matchAll(ENTRY), ([, declared = '', offered = '']): [string, string] => [
      offered || declared,
      declared,
    ]),
  )
}

const OPENING = /export\s{0,20}(?:type\s{0,20})?\{/y

/** Texts between the brackets of `export { … }` that name no other file. Goes on behind each list, so linear. */
function listsOf(content: string): string[] {
  const lists: string[] = []
  let from = 0
  for (let at = content.indexOf('export'); at !== -1; at = content.indexOf('export', Math.max(at + 1, from))) {
    OPENING.lastIndex = at
    if (!isFirstOfLine(content, at, from) || !OPENING.test(content)) continue
    const start = OPENING.lastIndex
    const end = content.indexOf('}', start)
    if (end === -1) break
    if (!/^\s{0,20}from\b/.test(content.slice(end + 1, end + 30))) lists.push(content.slice(start, end))
    from = end + 1
  }
  return lists
}

/** Whether only blanks stand between a place and the start of its line, which is `from` at the earliest. */
function isFirstOfLine(content: string, place: number, from: number): boolean {
  let start = place
  while (start > 0 && (content[start - 1] === ' ' || content[start - 1] === '\t')) start -= 1
  return start >= from && (start === 0 || /[\n\r\u2028\u2029]/.test(content.charAt(start - 1)))
}
