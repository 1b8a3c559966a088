import type { DocComment, SourceRange } from '#lib/domain/facts.ts'
import { MAX_DOC_CHARS, plainText, recordOf, summaryAndBody } from './doc-text.ts'

/** Parses a documentation block comment (JSDoc and TSDoc tags). */
export function parseJsdoc(comment: string, range: SourceRange): DocComment {
  const { prose, tags } = splitTags(commentLines(comment.slice(0, MAX_DOC_CHARS)))
  const params = new Map<string, string>()
  const doc = { returns: null as string | null, raises: [] as string[], examples: [] as string[] }
  const remarks: string[] = []
  let deprecated: string | null = null
  for (const { tag, text } of tags) {
    if (/^(?:param|arg|argument|property|prop)$/.test(tag)) addParam(params, text)
    else if (/^returns?$/.test(tag)) addReturn(doc, plainText(withoutType(text)))
    else if (/^(?:throws|exception)$/.test(tag)) doc.raises.push(plainText(text.replace(/^\{([^}]*)\}/, '$1')))
    else if (tag === 'example') doc.examples.push(text.trim())
    else if (tag === 'deprecated') deprecated = plainText(text) || 'Deprecated'
    else if (/^(?:remarks|description|desc|summary|file|fileoverview|overview)$/.test(tag)) remarks.push(text.trim())
  }
  const { summary, body } = summaryAndBody([prose, ...remarks].filter(Boolean).join('\n\n'))
  return { summary, body, params: recordOf(params), ...doc, deprecated, range }
}

/** Lines of a block or line comment without its markers. */
export function commentLines(comment: string): string[] {
  if (!comment.startsWith('/*'))
    return comment.split(/\r?\n/).map((line) => line.replace(/^\s*(?:\/\/+!?|#+!?|--+)\s?/, ''))
  const inner = comment.replace(/^\/\*[*!]?/, '').replace(/\*+\/$/, '')
  return inner.split(/\r?\n/).map((line) => line.replace(/^\s*\*(?!\*) ?/, '').trimEnd())
}

function splitTags(lines: string[]): { prose: string; tags: { tag: string; text: string }[] } {
  const prose: string[] = []
  const tags: { tag: string; lines: string[] }[] = []
  let isFenced = false
  for (const line of lines) {
    const match = isFenced ? null : /^\s*@([a-zA-Z]\w*)\b\s*(.*)$/.exec(line)
    if (line.trimStart().startsWith('```')) isFenced = !isFenced
    if (match?.[1]) tags.push({ tag: match[1], lines: [match[2] ?? ''] })
    else (tags.at(-1)?.lines ?? prose).push(line)
  }
  return {
    prose: prose.join('\n').trim(),
    tags: tags.map(({ tag, lines: own }) => ({ tag, text: own.join('\n').trim() })),
  }
}

/** Languages that return several values say so in several tags. */
function addReturn(doc: { returns: string | null }, text: string): void {
  if (text) doc.returns = doc.returns === null ? text : `${doc.returns}; ${text}`
}

function addParam(params: Map<string, string>, text: string): void {
  const named = withoutType(text)
  const rest = named.startsWith('[') ? behind(named, '[]') : null
  const match = /^([^\s-][^\s]*)\s*([\s\S]*)$/.exec(named)
  const written = rest === null ? match?.[1] : /^\[([^\]=]+)/.exec(named)?.[1]
  const name = written?.trim().replace(/^\.{3}(?=.)/, '')
  const description = plainText((rest ?? match?.[2] ?? '').replace(/^-\s*/, ''))
  if (name && description && !params.has(name)) params.set(name, description)
}

/** Text after a leading `{type}`. */
function withoutType(text: string): string {
  return text.startsWith('{') ? (behind(text, '{}') ?? text) : text
}

/** Text behind the bracket that closes the first one; they may nest. Null when none does. */
function behind(text: string, [open, close]: string): string | null {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === open) depth += 1
    if (text[at] === close) depth -= 1
    if (depth === 0) return text.slice(at + 1).trim()
  }
  return null
}
