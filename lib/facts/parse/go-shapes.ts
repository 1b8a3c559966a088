import type { DocComment, ParameterFact } from '#lib/domain/facts.ts'
import { proseDoc } from './doc-text.ts'
import { commentLines } from './jsdoc.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

export interface Commented {
  node: Node
  /** Comments that stand directly above, without a blank line. */
  comments: Node[]
}

/** Children of a node with their doc comments. */
export function* commentedChildren(container: Node): Generator<Commented> {
  let comments: Node[] = []
  let lastRow = -2
  let codeRow = -2
  for (const node of container.namedChildren) {
    if (node.type === 'comment') {
      if (node.startPosition.row === codeRow) continue
      if (node.startPosition.row > lastRow + 1) comments = []
      comments.push(node)
      lastRow = node.endPosition.row
      continue
    }
    yield { node, comments: node.startPosition.row === lastRow + 1 ? comments : [] }
    comments = []
    codeRow = node.endPosition.row
  }
}

/** `[Name]`, `[*Name.Method]`, `[pkg.Name]` between blanks or punctuation: what doc comments of Go link to. */
const LINK = /(^|[\s(,;:'"/—-])\[\*?((?:[a-z][\w/]*\.)?[A-Z]\w*(?:\.[A-Z]\w*)?)\](?=s\b|[^\w(:[]|$)/gm

/** A Go doc comment: prose, with its `Deprecated:` paragraph apart. */
export function goDoc(comments: Node[], source: SourceText): DocComment | null {
  const [first, last] = [comments[0], comments.at(-1)]
  if (!first || !last) return null
  const lines = comments
    .filter(({ text }) => !/^\/\/(?:go:|nolint|line |export |#)/.test(text))
    .flatMap(({ text }) => (text.startsWith('//') ? [text.slice(2).replace(/^ /, '')] : blockLines(text)))
  const paragraphs = markdownLines(lines)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .split(/\n[^\S\n]*\n/)
  const deprecated = paragraphs.find((paragraph) => /^\s*Deprecated:/.test(paragraph))
  const prose = paragraphs.filter((paragraph) => paragraph !== deprecated).join('\n\n')
  const doc = proseDoc(prose.replace(LINK, '$1`$2`'), source.range(first, last))
  if (!doc.summary && !deprecated) return null
  return {
    ...doc,
    deprecated:
      deprecated
        ?.replace(/^\s*Deprecated:\s*/, '')
        .replace(LINK, '$1$2')
        .replace(/\s+/g, ' ')
        .trim() ?? null,
  }
}

/** Below its first line, a block is indented as the code around it. */
function blockLines(comment: string): string[] {
  const [first = '', ...rest] = commentLines(comment)
  return [first.trim(), ...dedented(rest)]
}

const ITEM = /^\s+(?:[-*+•]|\d{1,3}[.)])\s/

/** As the language shows them: indented lines are code, unless the first of them is an item of a list. */
function markdownLines(lines: string[]): string[] {
  const out: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    if (!isIndented(lines[at])) {
      out.push(lines[at] ?? '')
      continue
    }
    const end = lines.findIndex((line, index) => index > at && line.trim() !== '' && !isIndented(line))
    const span = lines.slice(at, end < 0 ? lines.length : end)
    out.push('', ...(ITEM.test(span[0] ?? '') ? span.map(listLine) : dedented(span).map(codeLine)), '')
    at += span.length - 1
  }
  return out
}

function isIndented(line: string | undefined): boolean {
  return line !== undefined && /^[ \t]+\S/.test(line)
}

function dedented(lines: string[]): string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const depth = depths.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  return lines.map((line) => line.slice(depth))
}

function codeLine(line: string): string {
  return line.trim() === '' ? '' : `    ${line}`
}

/** Items of one level: text that goes on with one stands below its words. */
function listLine(line: string): string {
  return ITEM.test(line) ? line.trim().replace(/^•/, '-') : line.trim() === '' ? '' : `   ${line.trim()}`
}

/** Parameters; a list such as `a, b int` is one parameter each. Names are empty where Go gives none. */
export function goParams(callable: Node, source: SourceText): ParameterFact[] {
  const list = callable.childForFieldName('parameters')?.namedChildren ?? []
  return list.flatMap((param) => {
    const isVariadic = param.type === 'variadic_parameter_declaration'
    if (!isVariadic && param.type !== 'parameter_declaration') return []
    const type = param.childForFieldName('type')
    const names = param.childrenForFieldName('name').filter(({ isNamed }) => isNamed)
    const shared = { type: type ? `${isVariadic ? '...' : ''}${source.text(type)}` : null, default: null, doc: null }
    const all = names.length ? names.map(({ text }) => text) : ['_']
    return all.map((name) => ({ name, ...shared, optional: isVariadic }))
  })
}

export function goReturns(callable: Node, source: SourceText): string | null {
  const result = callable.childForFieldName('result')
  return result ? source.text(result) : null
}

/** Go's rule: a name is offered to other packages when it begins with an upper-case letter. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name)
}
