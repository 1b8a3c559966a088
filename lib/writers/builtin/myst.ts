import { rstToMarkdown } from './rst.ts'

const ADMONITIONS = /^(?:note|warning|important|tip|caution|danger|hint|seealso|attention|error)$/
const CODE = /^(?:code|code-block|code-cell|sourcecode|literalinclude|prompt|doctest|testcode)$/

const DIRECTIVE = /^ {0,3}(`{3,}|~{3,}|:{3,})\{([\w:-]+)\}[ \t]*(.*)\n([\s\S]*?)^ {0,3}\1[ \t]*$/gm

const DOCUSAURUS =
  /^:::[ \t]*(note|tip|info|warning|danger|caution|important)\b[ \t]*(?:\[?([^\]\n]*)\]?)\n([\s\S]*?)^:::[ \t]*$/gm

/** Other containers of VitePress: what they hold is shown without them. */
const DETAILS = /^ {0,3}:{3,}[ \t]*details[ \t]+(\S.*)$/gm
const CONTAINER = /^ {0,3}:{3,}(?:[ \t]*[a-z][\w-]*)?[ \t]*$/gm

/** MyST Markdown (roles, targets, directives in fences) as plain Markdown; other Markdown is returned as it is. */
export function mystToMarkdown(text: string): string {
  const plain = text.replace(DOCUSAURUS, (...[, name, title, body]: string[]) =>
    admonition(title || name || '', body ?? ''),
  )
  const open = plain.replace(DETAILS, '\n**$1**\n').replace(CONTAINER, '')
  if (!/^\([\w-]+\)=|\{[\w:-]+\}`|^ {0,3}(?:`{3,}|~{3,}|:{3,})\{/m.test(open)) return open
  return open
    .replace(/^\([\w-]+\)=[ \t]*$/gm, '')
    .replace(DIRECTIVE, (...[, mark, name, argument, body]: string[]) => directive({ mark, name, argument, body }))
    .replace(CODE_OR_ROLE, (whole: string, ...[, , name, target]: string[]) =>
      name === undefined ? whole : roleText(name, target ?? ''),
    )
}

/** Code comes first, so that the braces inside of it begin no role. */
const CODE_OR_ROLE =
  /^ {0,3}(`{3,}|~{3,}).*\n[\s\S]*?^ {0,3}\1[ \t]*$|(`+)(?!`)[^\n]*?[^`\n]\2(?!`)|\{([\w:-]+)\}`([^`]+)`/gm

/** References show their words, other roles are code. */
function roleText(name: string, target: string): string {
  const shown = target.replace(/\s*<[^>]+>$/, '')
  return /^(?:[\w-]+:)?(?:ref|doc|term|numref)$/.test(name) ? shown : `\`${shown.replace(/^[~!.]/, '')}\``
}

interface Directive {
  mark?: string
  name?: string
  argument?: string
  body?: string
}

function directive({ mark = '', name = '', argument = '', body = '' }: Directive): string {
  const content = body.replace(/^(?:[ \t]*:[\w-]+:.*\n)+/, '').trimEnd()
  if (name === 'eval-rst') return rstToMarkdown(body)
  if (ADMONITIONS.test(name)) {
    return admonition(name, content)
  }
  const fence = mark.replaceAll(':', '`')
  return CODE.test(name) && content.trim() !== '' ? `${fence}${argument.trim()}\n${content}\n${fence}` : ''
}

function admonition(name: string, content: string): string {
  const label = name.trim().charAt(0).toUpperCase() + name.trim().slice(1)
  const lines = `**${label}:** ${content.trim()}`.split('\n')
  return lines.map((line) => `> ${line}`.trimEnd()).join('\n')
}
