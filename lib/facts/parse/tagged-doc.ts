import type { DocComment } from '#lib/domain/facts.ts'
import { isNotice, MAX_DOC_CHARS, withoutRemarks } from './doc-text.ts'
import { dedented, htmlProse } from './html-prose.ts'
import { commentLines, parseJsdoc } from './jsdoc.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

const STYLES = { javadoc, doxygen, phpdoc, yard, kdoc, scaladoc }

/** A doc comment with tags, in the style of its language; null when it says nothing. */
export function taggedDoc(comments: Node[], source: SourceText, style: keyof typeof STYLES): DocComment | null {
  const [first, last] = [comments[0], comments.at(-1)]
  if (!first || !last) return null
  const text = comments
    .map((comment) => source.written(comment))
    .flatMap((comment) => (style === 'yard' ? rubyLines(comment) : commentLines(comment.replace(BEHIND, '$1'))))
    .map((line) => line.trimEnd())
    .join('\n')
    .slice(0, MAX_DOC_CHARS)
  if (!/\p{L}{2}|\d/u.test(text) || isNotice(text)) return null
  const lines = STYLES[style](style === 'yard' ? withoutRemarks(text.split('\n')).join('\n') : text).split('\n')
  const doc = parseJsdoc(['/**', ...lines.map((line) => ` * ${line}`), ' */'].join('\n'), source.range(first, last))
  const says = doc.summary || doc.returns || doc.deprecated || doc.raises.length || Object.keys(doc.params).length
  return says ? doc : null
}

/** Mark of a comment that speaks of what stands before it. */
const BEHIND = /^(\/\*[*!]|\/\/[/!])<\s?/

/** Lines of a `#` comment, or of what stands between `=begin` and `=end`. */
function rubyLines(comment: string): string[] {
  if (comment.startsWith('=begin')) return comment.split(/\r?\n/).slice(1, -1)
  return comment.split(/\r?\n/).map((line) => line.replace(/^\s*#+ ?/, ''))
}

const INLINE_TAG = /\{@(?:code|literal|value)\s+((?:[^{}]|\{[^{}]*\})*)\}/g

function javadoc(text: string): string {
  const linked = text
    .replace(/<pre>\s*\{@code\s?([\s\S]*?)\}\s*<\/pre>/g, (_, code) => `<pre>${escaped(code)}</pre>`)
    .replace(INLINE_TAG, (_, code) => `\`${escaped(code).trim()}\``)
    .replace(
      /\{@(?:link|linkplain)\s+#?([\w.#]+(?:\([^()]*\))?)(?:\s+([^}]*))?\}/g,
      (_, to, label) => label ?? `\`${reference(to)}\``,
    )
    .replace(/\{@inheritDoc\}/g, '')
  return notes(htmlProse(linked))
}

function reference(target: string): string {
  return target.replace(/\(.*$/, '').replace('#', '.').split('.').slice(-2).join('.')
}

function escaped(code: string): string {
  return code.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function doxygen(text: string): string {
  const tagged = text
    .replace(/[\\@](?:code|verbatim)(?:\{[^}]*\})?/g, '```')
    .replace(/[\\@]end(?:code|verbatim)/g, '```')
    .replace(/^(\s*)[\\@](?:brief|short|details)\s+/gm, '$1')
    .replace(/^(\s*)[\\@](?:fn|ingroup|addtogroup|defgroup|name|file|struct|class|def)\b.*$/gm, '$1')
    .replace(/[\\@](?:p|c|a|ref|e|em)\s+([\w:]+)/g, '`$1`')
    .replace(/^(\s*)\\(\w)/gm, '$1@$2')
    .replace(/@param\s*\[[^\]]*\]/g, '@param')
  return notes(/<(?:p|code|pre|li|b)>/i.test(tagged) ? htmlProse(tagged) : tagged)
}

/** KDoc is Markdown whose links are names in brackets. */
function kdoc(text: string): string {
  const tagged = text
    .replace(/^(\s*)@(param|property|throws|exception)\s*\[([\w.]+)\]/gm, '$1@$2 $3')
    .replace(/^(\s*)@(?:receiver|constructor)\s+/gm, '$1Note: ')
    .replace(/(?<![\w`\]])\[([^\]\n`]+)\]\[([\w.]+)\]/g, '$1')
    .replace(/(?<![\w`\]])\[([\w.]+(?:\(\))?)\](?![(:[])/g, '`$1`')
  return notes(tagged)
}

/** Scaladoc writes code in three braces, links in two brackets and emphasis in quotes. */
function scaladoc(text: string): string {
  const tagged = text
    .replace(/\{\{\{\n?([\s\S]*?)\n?[^\S\n]*\}\}\}/g, (_, code) => `\n\`\`\`scala\n${dedented(code)}\n\`\`\`\n`)
    .replace(/\[\[https?:\S+\s+([^\]]+)\]\]/g, '$1')
    .replace(/\[\[([\w.#]+)(?:\([^\])]*\))?(?:\s+([^\]]+))?\]\]/g, (_, to, label) => label ?? `\`${reference(to)}\``)
    .replace(/^(\s*)@tparam\b/gm, '$1@param')
    .replace(/'''([^'\n]+)'''/g, '**$1**')
    .replace(/(?<!')''([^'\n]+)''(?!')/g, '*$1*')
  return notes(htmlProse(tagged))
}

const PHP_TYPE = String.raw`(?:[\w\\|&?()[\]{}:,.'"*=$-]|<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>)+`
/** A type may go over many lines and names no variable but `$this`. */
const PHP_PARAM = /^(\s*)@(?:phpstan-|psalm-)?param\s(?:[^$@]|\$this\b(?=[^\n]*\$)){0,1000}?\$(\w+)/gm
/** Members that a class makes up while it runs. */
const PHP_MAGIC = /^\s*@(?:property(?:-read|-write)?|method)\b.*$/gm
const PHP_RETURN = new RegExp(String.raw`^(\s*)@return\s+${PHP_TYPE}[^\S\n]*`, 'gm')

function phpdoc(text: string): string {
  const tagged = text
    .replace(PHP_MAGIC, '')
    .replace(PHP_PARAM, '$1@param $2')
    .replace(PHP_RETURN, '$1@return ')
    .replace(/\{@(?:see|link|inheritdoc)\s*([^}]*)\}/gi, '$1')
  return notes(htmlProse(tagged))
}

function yard(text: string): string {
  const tagged = text
    .replace(/^(\s*)@param\s+\[[^\]]*\]\s+(\w+)/gm, '$1@param $2')
    .replace(/^(\s*)@param\s+(\w+)\s+\[[^\]]*\]/gm, '$1@param $2')
    .replace(/^(\s*)@return\s+\[[^\]]*\]/gm, '$1@return ')
    .replace(/^(\s*)@raise\s+\[([^\]]*)\]/gm, '$1@throws $2')
    .replace(/^(\s*)@(?:note|todo)\b/gm, '$1Note:')
    .replace(/:(?:nodoc|call-seq|startdoc|stopdoc|method|attr\w*):.*$/gm, '')
    .replace(/^@example(.*)\n((?:[^\S\n]+.*\n?|\n)*)/gm, (_, _title, code) => `@example\n${dedented(code.trimEnd())}\n`)
  return rdocCode(tagged)
}

/** RDoc sets code by indentation alone; a fence says the same in Markdown. */
function rdocCode(text: string): string {
  return text.replace(/(^|\n[^\S\n]*\n)((?:(?: {2,}|\t)\S.*(?:\n|$)|[^\S\n]*\n(?= {2}\S))+)/g, (whole, before, code) =>
    /^\s*(?:[-*]|\d+\.)\s/.test(code) ? whole : `${before}\n\`\`\`ruby\n${dedented(code.trimEnd())}\n\`\`\`\n`,
  )
}

/** Remarks that stand in tags are prose. */
function notes(text: string): string {
  return text.replace(
    /^\s*@(note|warning|attention|important)\b:?\s*/gim,
    (_, word) => `\n${word[0].toUpperCase()}${word.slice(1)}: `,
  )
}
