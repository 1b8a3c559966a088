/** reStructuredText as Python doc comments use it, as Markdown: roles, literals, directives and `::` blocks. */
export function rstToMarkdown(text: string): string {
  return directives(text.replace(/\r\n?/g, '\n').replace(LISTED, '$1`$2`\n'))
    .replace(/:doc:`([^`]+)`/g, (_, target: string) => documentLink(target))
    .replace(/:(?:ref|term):`([^`]+)`/g, (_, target: string) => referenceLabel(target))
    .replace(/^(\s*)#\. /gm, '$11. ')
    .replace(/:(?:[a-z]+:)?[a-z]+:`([^`\n]+)`/gi, (_, target: string) => `\`${roleLabel(target)}\``)
    .replace(/(?<!`)`([^`\n<]+?)\s*<(https?:\/\/[^>\s]+)>`__?/g, '[$1]($2)')
    .replace(/(?<![`\w])`([^`\n]+)`__?(?!\w)/g, '$1')
    .replace(/`\\(?=\p{L})/gu, '`')
    .replace(/\|([A-Za-z]\w*)\|/g, '$1')
}

/** A list of what a tool would describe in place: the names are what is left. */
const LISTED =
  /^([ \t]*(?:[*+-]|\d+\.)[ \t]+)\.\. (?:auto\w+|(?:\w+:)?(?:class|function|method)):: *([\w.]+).*\n?(?:[ \t]+:[\w-]+:.*(?:\n|$))*/gm

/** Whether the text uses reStructuredText that Markdown would show as noise. */
export function looksLikeRst(text: string): boolean {
  return /(?:^|\n)\s*\.\. [\w-]+::|:[a-z]+:`|::\s*\n|`[^`\n]+`_/.test(text)
}

const CODE_DIRECTIVES = /^(?:[\w-]+:example|code-block|code|sourcecode|testcode|doctest|parsed-literal)$/
const VERSION_DIRECTIVES = new Map([
  ['versionadded', 'Added in version'],
  ['versionchanged', 'Changed in version'],
  ['deprecated', 'Deprecated since version'],
])

function directives(text: string): string {
  const lines = text.split('\n')
  const out: string[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const match = /^(\s*)\.\. ([\w:-]+)::\s*(.*)$/.exec(line)
    if (!match && /^\s*\.\.(?:\s|$)/.test(line)) {
      index = indentedBlock(lines, index + 1, line.length - line.trimStart().length).end - 1
      continue
    }
    if (!match && /^\s*>>> /.test(line) && (lines[index - 1] ?? '').trim() === '') {
      index = doctest(lines, { index, out })
      continue
    }
    if (!match) {
      index = literalBlock(lines, { index, out })
      continue
    }
    const [, indent = '', name = '', argument = ''] = match
    const body = indentedBlock(lines, index + 1, indent.length)
    out.push(...directive(name, argument, body.lines), '')
    index = body.end - 1
  }
  return out.join('\n')
}

function directive(name: string, argument: string, body: string[]): string[] {
  const content = body.filter((line, index) => !(index < 4 && /^:[\w-]+:/.test(line)))
  if (CODE_DIRECTIVES.test(name)) return ['', ...fenced(content, argument || defaultLanguage(content))]
  const version = VERSION_DIRECTIVES.get(name)
  const text = content.join(' ').replace(/\s+/g, ' ').trim()
  if (version) return ['', `${version} ${argument.trim()}${text ? `: ${text}` : '.'}`]
  if (/^(?:note|warning|important|tip|caution|danger|hint|seealso|admonition)$/.test(name)) {
    const label = name === 'seealso' ? 'See also' : name === 'admonition' ? argument : capital(name)
    const lead = name === 'admonition' || argument === '' ? '' : `${argument}\n`
    const quoted = directives(`${lead}${content.join('\n')}`.trim())
    return [
      '',
      ...`**${label}:** ${quoted}`
        .trimEnd()
        .split('\n')
        .map((one) => `> ${one}`.trimEnd()),
    ]
  }
  if (name === 'image' || name === 'figure') return ['', picture(argument, body)]
  if (/^(?:tabs|tab|group-tab|container|only|tab-set|tab-item|rst-class)$/.test(name)) {
    return [
      '',
      ...(/^(?:group-)?tab(?:-item)?$/.test(name) ? [`**${argument}**`, ''] : []),
      directives(content.join('\n')),
    ]
  }
  return []
}

function picture(target: string, body: string[]): string {
  const alt = body.map((line) => /^:alt:\s+(.*)$/.exec(line)?.[1]).find((text) => text !== undefined) ?? ''
  return /^[^\s<>]+$/.test(target.trim()) ? `![${alt.replace(/[[\]\\]/g, '\\$&')}](<${target.trim()}>)` : ''
}

/** Sphinx takes a block without a language for Python, unless it cannot be: commands, trees of files. */
function defaultLanguage(content: string[]): string {
  const isPython = content.some((line) => /[=(]|^\s*(?:import|from|def|class|@)\b/.test(line))
  return isPython && !content.some((line) => /^\s*\$ /.test(line)) ? 'python' : 'text'
}

/** Statements that only Python writes so, and nothing that it cannot. */
function isPlainlyPython(content: string[]): boolean {
  return content.some((line) => PYTHON.test(line)) && !content.some((line) => NOT_PYTHON.test(line))
}

const PYTHON =
  /^\s*(?:import [\w.]+(?: as \w+)?$|from [\w.]+ import |(?:async )?def \w+\(|class \w+(?:\(.*\))?:|(?:with|for|if|while) [^{]*:$|try:$|@\w[\w.]*(?:\(.*\))?$)/
const NOT_PYTHON = /^\s*(?:[$>%] |\/\/|#include\b|>>> )|[;{]\s*$/

/** Lines of an interactive session up to the next blank line. */
function doctest(lines: string[], at: { index: number; out: string[] }): number {
  const end = lines.findIndex((line, index) => index > at.index && line.trim() === '')
  const session = lines.slice(at.index, end < 0 ? lines.length : end).map((line) => line.trimStart())
  at.out.push(...fenced(session, 'pycon'), '')
  return at.index + session.length - 1
}

/** A paragraph that ends in `::` introduces a literal block. Pushes what it read; returns the last line it used. */
function literalBlock(lines: string[], at: { index: number; out: string[] }): number {
  const line = lines[at.index] ?? ''
  const indent = line.length - line.trimStart().length
  if (!/::\s*$/.test(line)) {
    at.out.push(line)
    return at.index
  }
  const body = indentedBlock(lines, at.index + 1, indent)
  const lead = line.replace(/\s*::\s*$/, (end) => (line.trim() === '::' || /^\s/.test(end) ? '' : ':'))
  if (body.lines.length === 0) {
    at.out.push(lead)
    return at.index
  }
  at.out.push(lead, '', ...fenced(body.lines, isPlainlyPython(body.lines) ? 'python' : ''), '')
  return body.end - 1
}

/** Non-empty lines from `start` that are indented deeper than `indent`, without their common indent. */
function indentedBlock(lines: string[], start: number, indent: number): { lines: string[]; end: number } {
  let end = start
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line.trim() === '') continue
    if (line.length - line.trimStart().length <= indent) break
    end = index + 1
  }
  const block = lines.slice(start, end)
  const depth = Math.min(
    ...block.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  )
  const cut = block.map((line) => line.slice(Number.isFinite(depth) ? depth : 0))
  while (cut[0]?.trim() === '') cut.shift()
  return { lines: cut, end }
}

function fenced(lines: string[], language: string): string[] {
  return lines.length === 0 ? [] : [`~~~~~${language}`, ...lines, '~~~~~']
}

function roleLabel(target: string): string {
  const explicit = /^(.+?)\s*<[^>]+>$/.exec(target)
  if (explicit?.[1]) return explicit[1]
  return target.startsWith('~') ? (target.slice(1).split('.').at(-1) ?? target) : target.replace(/^[.!]/, '')
}

/** A link to another document, by its path when it has no text of its own. */
function documentLink(target: string): string {
  const explicit = /^([\s\S]+?)\s*<([^>\s]+)>$/.exec(target)
  const path = explicit?.[2] ?? target.trim()
  return /^[\w./-]+$/.test(path) ? `[${explicit?.[1] ?? path}](${path})` : referenceLabel(target)
}

/** Text of a reference, or the words of its target. */
function referenceLabel(target: string): string {
  const explicit = /^([\s\S]+?)\s*<[^>]+>$/.exec(target)
  return explicit?.[1] ?? target.replace(/[/_-]+/g, ' ').trim()
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
