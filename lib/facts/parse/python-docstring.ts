import type { DocComment, SourceRange } from '#lib/domain/facts.ts'
import { rstHeadings } from '#lib/facts/rst-headings.ts'
import { MAX_DOC_CHARS, plainText, recordOf, summaryAndBody } from './doc-text.ts'

interface Parts {
  prose: string[]
  params: Map<string, string>
  returns: string | null
  raises: string[]
  examples: string[]
  deprecated: string | null
}

/** Parses a docstring's text: prose, and Sphinx, Google or NumPy sections where they are clear. */
export function parseDocstring(text: string, range: SourceRange): DocComment {
  const lines = withoutTitle(dedented(text.slice(0, MAX_DOC_CHARS)))
  const parts: Parts = { prose: [], params: new Map(), returns: null, raises: [], examples: [], deprecated: null }
  for (const section of sectionsOf(lines)) addSection(section, parts)
  const { prose, params, ...rest } = parts
  return { ...summaryAndBody(prose.join('\n')), params: recordOf(params), ...rest, range }
}

/**
 * Lines without the underlined title they begin with: it names the module that says it. A title that nothing follows stays,
 * unless it is such a name.
 */
export function withoutTitle(lines: string[]): string[] {
  const at = lines.findIndex((line) => line.trim() !== '')
  const title = at < 0 ? undefined : rstHeadings(lines.slice(at, at + 3)).next().value
  if (title?.line !== 1 || NAMED.test(title.heading)) return lines
  const rest = lines.slice(at + title.after - 1)
  if (rest.some((line) => line.trim() !== '')) return rest
  return /^[\w./-]+$/.test(title.heading) ? [] : [title.heading]
}

/** Lines without the indentation the code gives them; the first line has none of its own. */
function dedented(text: string): string[] {
  const [first = '', ...rest] = text.replace(/\r/g, '').replaceAll('\t', '        ').split('\n')
  const indents = rest.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const indent = indents.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return [first.trim(), ...rest.map((line) => line.slice(Number.isFinite(indent) ? indent : 0).trimEnd())]
}

interface Section {
  /** Lower-case name of a Google or NumPy section, a Sphinx field or directive; empty for prose. */
  name: string
  argument: string
  lines: string[]
}

const NAMED =
  /^(args|arguments|parameters|params|other parameters|keyword args|keyword arguments|returns|yields|raises|example|examples|attributes|deprecated)$/i

/** Cuts a docstring where a section begins; a section ends at the next one or at text that is not indented below it. */
function sectionsOf(lines: string[]): Section[] {
  const sections: Section[] = [{ name: '', argument: '', lines: [] }]
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const field =
      /^:(\w+)(?:\s+([^:]*))?:(?!`)\s*(.*)$/.exec(line) ??
      /^\.\. (deprecated|versionadded|versionchanged)::\s*()(.*)$/.exec(line)
    const google = /^(\w[\w ]*):$/.exec(line)?.[1]
    const isUnderlined = /^-{3,}$/.test(lines[at + 1] ?? '') && NAMED.test(line)
    const current = sections.at(-1)
    if (field?.[1]) {
      sections.push({ name: `:${field[1].toLowerCase()}`, argument: field[2]?.trim() ?? '', lines: [field[3] ?? ''] })
    } else if (isUnderlined) {
      sections.push({ name: `${line.toLowerCase()}-`, argument: '', lines: [] })
      at += 1
    } else if (google && NAMED.test(google) && /^\s+\S/.test(lines[at + 1] ?? '')) {
      sections.push({ name: google.toLowerCase(), argument: '', lines: [] })
    } else if (current && isOver(current, line)) sections.push({ name: '', argument: '', lines: [line] })
    else current?.lines.push(line)
  }
  return sections
}

function isOver(section: Section, line: string): boolean {
  if (section.name === '' || section.name.endsWith('-')) return false
  return line !== '' && !/^\s/.test(line)
}

function addSection({ name, argument, lines }: Section, parts: Parts): void {
  const text = lines.join('\n').trim()
  const isNumpy = name.endsWith('-')
  const kind = name.replace(/^:|-$/g, '')
  if (kind === '') parts.prose.push(...lines, '')
  else if (/^(?:param|parameter|arg|argument|key|keyword)$/.test(kind)) setParam(parts, argument, text)
  else if (/^(?:args|arguments|parameters|params|other parameters|keyword args|keyword arguments)$/.test(kind))
    for (const { head, body } of itemsOf(lines, isNumpy)) setParam(parts, head, body)
  else if (/^(?:returns?|yields)$/.test(kind)) parts.returns = plainText(isNumpy ? numpyReturns(lines) : text) || null
  else if (/^(?:raises|raise|except|exception)$/.test(kind)) addRaises(parts, { argument, lines, isNumpy })
  else if (/^examples?$/.test(kind)) parts.examples.push(text)
  else if (kind === 'deprecated') parts.deprecated = plainText(text) || 'Deprecated'
  else if (kind === 'attributes') parts.prose.push('Attributes:', ...lines, '')
}

function setParam(parts: Parts, head: string, body: string): void {
  const names = head.replace(/\s*[(:].*$/, '').split(/\s*,\s*|\s+(?=\S+$)/)
  const isList = head.includes(',')
  for (const raw of isList ? names : names.slice(-1)) {
    const name = raw.replace(/^\\?\*{1,2}|\\\*/g, '').trim()
    const text = plainText(body)
    if (/^\w+$/.test(name) && text && !parts.params.has(name)) parts.params.set(name, text)
  }
}

function addRaises(
  parts: Parts,
  { argument, lines, isNumpy }: { argument: string; lines: string[]; isNumpy: boolean },
): void {
  if (argument) parts.raises.push(joined(argument, lines.join('\n')))
  else for (const { head, body } of itemsOf(lines, isNumpy)) parts.raises.push(joined(head, body))
}

function joined(head: string, body: string): string {
  const text = plainText(body)
  return text ? `${plainText(head)}: ${text}` : plainText(head)
}

/** Items of a section: Google writes `name (type): text`, NumPy a line `name : type` and indented text below. */
function itemsOf(lines: string[], isNumpy: boolean): { head: string; body: string }[] {
  const first = lines.find((line) => line.trim())
  const indent = first ? first.length - first.trimStart().length : 0
  const items: { head: string; body: string }[] = []
  for (const line of lines) {
    const isItem = line.trim() !== '' && line.length - line.trimStart().length <= indent
    const last = items.at(-1)
    if (!isItem) {
      if (last) last.body += `\n${line.trim()}`
      continue
    }
    const google = isNumpy ? null : /^\s*([*\w.]+(?:\s*\([^)]*\))?)\s*:\s*(.*)$/.exec(line)
    if (google) items.push({ head: google[1] ?? '', body: google[2] ?? '' })
    else if (isNumpy) items.push({ head: line.trim(), body: '' })
    else if (last) last.body += `\n${line.trim()}`
  }
  return items
}

function numpyReturns(lines: string[]): string {
  return itemsOf(lines, true)
    .map(({ head, body }) => joined(head, body))
    .join('; ')
}
