import { fenceAfter } from '#lib/domain/code-fence.ts'

const BLOCK = /^( *)(===[!+]?|!!!|\?\?\?\+?)[ \t]+(?:([\w-]+(?:[ \t]+[\w-]+)*)[ \t]*)?(?:"([^"]*)")?[ \t]*$/
const FENCE = /^\s*(`{3,}|~{3,})(.*)$/s
const INDENT = 4

/** Content tabs and admonitions as sites made with MkDocs write them (`=== "Java"`, `!!! note`), as plain Markdown. */
export function materialToMarkdown(text: string): string {
  if (!/^ *(?:===[!+]? +"|!!! |\?\?\?\+? )/m.test(text)) return text
  const lines = text.split('\n')
  const out: string[] = []
  let fence: string | null = null
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    fence = fenceAfter(line, fence, FENCE)
    const [, indent = '', sign = '', type = '', title = ''] = (fence === null && BLOCK.exec(line)) || []
    if (sign === '' || (sign.startsWith('=') && title === '')) {
      out.push(line)
      continue
    }
    const body = bodyBehind(lines, at + 1, indent.length + INDENT)
    out.push(...blockText({ indent, isTab: sign.startsWith('='), label: title || type, body: body.lines }), '')
    at = body.end - 1
  }
  return out.join('\n')
}

/** Lines indented at least so far, blank ones between them included, without the indentation. */
function bodyBehind(lines: string[], start: number, indent: number): { lines: string[]; end: number } {
  let end = start
  const isInside = (line: string) => line.trim() === '' || line.search(/\S/) >= indent
  while (end < lines.length && isInside(lines[end] ?? '')) end += 1
  while (end > start && lines[end - 1]?.trim() === '') end -= 1
  return { lines: lines.slice(start, end).map((line) => line.slice(indent)), end }
}

interface Block {
  indent: string
  isTab: boolean
  label: string
  body: string[]
}

function blockText({ indent, isTab, label, body }: Block): string[] {
  const inner = materialToMarkdown(body.join('\n')).split('\n')
  const name = label.charAt(0).toUpperCase() + label.slice(1)
  const lines = isTab ? [`**${name}**`, '', ...inner] : [`> **${name}:**`, '>', ...inner.map((line) => `> ${line}`)]
  return ['', ...lines.map((line) => `${indent}${line}`.trimEnd())]
}
