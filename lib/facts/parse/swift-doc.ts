import type { DocComment } from '#lib/domain/facts.ts'
import { deprecatedDoc, isNotice, MAX_DOC_CHARS, plainText, recordOf, summaryAndBody } from './doc-text.ts'
import type { Documented } from './documented-children.ts'
import { commentLines } from './jsdoc.ts'
import type { SourceText } from './source-text.ts'

const FIELD =
  /^[-*+]\s+(parameters?|returns?|throws|note|warning|important|attention|seealso|since|version|precondition|postcondition|complexity|author|todo)\b[^\S\n]*([^:\n]*):[^\S\n]*(.*)$/i

/** The documentation comment of a declaration in Swift's markup; null when it says nothing. */
export function swiftDoc({ node, comments }: Documented, source: SourceText): DocComment | null {
  const own = comments.filter(({ text }) => /^(?:\/\/\/(?!\/)|\/\*\*)/.test(text))
  const [first, last] = [own[0], own.at(-1)]
  const lines = own.flatMap((comment) => commentLines(source.written(comment)))
  const text = lines.join('\n').slice(0, MAX_DOC_CHARS)
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers')
  const deprecated = deprecationOf(modifiers?.text ?? '')
  if (!first || !last || !/\p{L}{2}/u.test(text) || isNotice(text))
    return modifiers && deprecated !== null ? deprecatedDoc(deprecated, source.range(modifiers)) : null
  const fields = fieldsOf(text.split('\n'))
  const { summary, body } = summaryAndBody(fields.prose.join('\n').trim())
  return {
    summary,
    body,
    params: recordOf([...fields.params].map(([name, words]) => [name, plainText(words)] as const)),
    returns: plainText(fields.returns) || null,
    raises: fields.throws ? [plainText(fields.throws)] : [],
    examples: [],
    deprecated,
    range: source.range(first, last),
  }
}

function deprecationOf(modifiers: string): string | null {
  const available = /@available\(([^()]*\bdeprecated\b(?:[^()"]|"(?:[^"\\]|\\.)*")*)\)/.exec(modifiers)?.[1]
  if (available === undefined) return null
  return /message:\s*"((?:[^"\\]|\\.)*)"/.exec(available)?.[1] ?? 'Deprecated'
}

interface Fields {
  prose: string[]
  params: Map<string, string>
  returns: string
  throws: string
}

/** Takes `- Parameter x:`, `- Parameters:` with a list below, `- Returns:` and `- Throws:` out of the prose. */
function fieldsOf(lines: string[]): Fields {
  const fields: Fields = { prose: [], params: new Map(), returns: '', throws: '' }
  let append: (line: string) => void = (line) => fields.prose.push(line)
  let isList = false
  let isFenced = false
  let isBehindBlank = false
  for (const line of lines) {
    // A paragraph that is not indented belongs to no item of a list.
    if (isBehindBlank && !isFenced && /^[^\s*+-]/.test(line)) append = (text) => fields.prose.push(text)
    isBehindBlank = line.trim() === ''
    if (/^\s*```/.test(line)) isFenced = !isFenced
    const match = isFenced ? null : FIELD.exec(line.trimStart())
    const item = isList && !isFenced ? /^\s*[-*+]\s+`?(\w+)`?\s*:\s*(.*)$/.exec(line) : null
    if (match) {
      isList = /^parameters$/i.test(match[1] ?? '')
      append = fieldOf(fields, match)
    } else if (item?.[1]) append = paramOf(fields.params, item[1], item[2] ?? '')
    else append(line)
  }
  return fields
}

function fieldOf(fields: Fields, [, word = '', name = '', text = '']: RegExpExecArray): (line: string) => void {
  const kind = word.toLowerCase()
  if (kind === 'parameter') return paramOf(fields.params, name.trim(), text)
  if (kind === 'parameters') return () => {}
  if (kind === 'throws') {
    fields.throws = text
    return (line) => {
      fields.throws += ` ${line.trim()}`
    }
  }
  if (/^returns?$/.test(kind)) {
    fields.returns = text
    return (line) => {
      fields.returns += ` ${line.trim()}`
    }
  }
  fields.prose.push('', `${word.charAt(0).toUpperCase()}${word.slice(1)}: ${text}`)
  return (line) => fields.prose.push(line.trim())
}

function paramOf(params: Map<string, string>, name: string, text: string): (line: string) => void {
  params.set(name, text)
  return (line) => params.set(name, `${params.get(name) ?? ''} ${line.trim()}`)
}
