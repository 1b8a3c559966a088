import type { DocComment, SourceRange } from '#lib/domain/facts.ts'
import { isNotice, MAX_DOC_CHARS, withoutRemarks } from './doc-text.ts'
import { parseJsdoc } from './jsdoc.ts'

const TYPE = String.raw`(?:fun\([^)]*\)(?::\s*\S+)?|\{[^}]*\}|[^\s,]+(?:,\s*[^\s,]+)*)`

/** A comment in the style of LDoc or EmmyLua; null when it says nothing. */
export function luaDoc(above: string[], range: SourceRange): DocComment | null {
  // Three dashes begin documentation; what stands above them is said to those who work on the code.
  const begin = above.findIndex((comment) => /^---(?!-)/.test(comment))
  const comments = above.slice(Math.max(0, begin))
  const isEmmy = comments.some((comment) => /^---@/.test(comment))
  const lines = comments.flatMap((comment) => linesOf(comment))
  const text = withoutRemarks(lines).join('\n').slice(0, MAX_DOC_CHARS)
  if (!/\p{L}{2}|\d/u.test(text) || isNotice(text)) return null
  const tagged = (isEmmy ? emmy(text) : ldoc(text)).split('\n')
  const doc = parseJsdoc(['/**', ...tagged.map((line) => ` * ${line}`), ' */'].join('\n'), range)
  const says = doc.summary || doc.returns || doc.deprecated || doc.raises.length || Object.keys(doc.params).length
  return says ? doc : null
}

function linesOf(comment: string): string[] {
  const long = /^--\[(=*)\[([\s\S]*?)\]\1\]/.exec(comment)
  const lines = long ? (long[2] ?? '').split(/\r?\n/) : [comment.replace(/^-{2,}/, '')]
  return lines.map((line) => line.replace(/^-*[^\S\n]?/, '').trimEnd()).filter((line) => !/^-+$/.test(line))
}

/** `---@param name type words`, `---@return type name words`. */
function emmy(text: string): string {
  return text
    .replace(new RegExp(String.raw`^@param\s+([\w.]+)\??\s+${TYPE}[^\S\n]*`, 'gm'), '@param $1 ')
    .replace(new RegExp(String.raw`^@return\s+${TYPE}(?:[^\S\n]+#)?[^\S\n]*`, 'gm'), '@return ')
    .replace(/^@(?:generic|overload|type|class|field|alias|diagnostic|cast|async|nodiscard|meta)\b.*$/gm, '')
}

/** Tags of LDoc, and of what it hands on, that take no name of a parameter. */
const PLAIN_TAG =
  /^(?:param|return|example|throws|see|deprecated|author|copyright|license|release|todo|fixme|warning|error|field|alias|submodule|script|file|set|private|export|factory|constructor|static|metamethod|summary|description|table|lfunction|annotation|charset|treturn|tfield|usage|raise)$/

/** `@param name words`, `@tparam type name words`, `@string name words`, `@treturn type words`, `@raise`, `@usage`. */
function ldoc(text: string): string {
  return text
    .replace(/^(@\w+)\[(?:[^\][]|\[[^\]]*\])*\]/gm, '$1')
    .replace(new RegExp(String.raw`^@tparam\s+${TYPE}\s+(\w+|\.{3})`, 'gm'), '@param $1')
    .replace(new RegExp(String.raw`^@treturn\s+${TYPE}[^\S\n]*`, 'gm'), '@return ')
    .replace(/^@raise\b/gm, '@throws')
    .replace(/^@usage\b/gm, '@example')
    .replace(/^@(?:module|class|within|name|type|section|local|function)\b.*$/gm, '')
    .replace(/^@([a-z]\w*)[^\S\n]+(?=\w)/gm, (whole, tag) => (PLAIN_TAG.test(tag) ? whole : '@param '))
    .replace(/@\{([\w.:]+)(?:\|([^}]*))?\}/g, (_, to, label) => label ?? `\`${to}\``)
}
