import { readCodeInfo } from '#lib/site/code-info.ts'
import { splitMarkup } from '#lib/site/code-lines.ts'
import { highlight, knownLanguage } from '#lib/site/highlight.ts'
import { type Html, html, trusted } from '#lib/site/html.ts'

/** A block of code. Lines are elements of their own only where the info string, or a difference, asks something of them. */
export function codeBlock(code: string, infoString: string): Html {
  const info = readCodeInfo(infoString)
  const language = knownLanguage(info.language)
  const label = /^[\w+#.-]{1,20}$/.test(info.language) && info.language !== 'text' ? info.language : null
  const isDiff = language === 'diff'
  const markup = highlight(code, language)
  const hasLines = isDiff || info.firstLine !== null || info.marked.size > 0
  const lines = hasLines ? withLines(markup.text, { ...info, isDiff }) : markup
  return html`<div class="code"${label ? html` data-language="${label}"` : null}>${info.title ? html`<p class="code-title">${info.title}</p>` : null}<pre${info.firstLine === null ? null : html` class="numbered"`}><code>${lines}</code></pre></div>
`
}

interface LineMarks {
  marked: Set<number>
  firstLine: number | null
  isDiff: boolean
}

function withLines(markup: string, { marked, firstLine, isDiff }: LineMarks): Html {
  const lines = splitMarkup(markup).map((line, index) => {
    const kinds = ['line']
    if (marked.has(index + 1)) kinds.push('line-marked')
    const first = isDiff ? line.replace(/<[^>]*>/g, '')[0] : ''
    if (first === '+') kinds.push('line-added')
    if (first === '-') kinds.push('line-removed')
    const number = firstLine === null ? null : html` data-line="${firstLine + index}"`
    return html`<span class="${kinds.join(' ')}"${number}>${trusted(line)}</span>`.text
  })
  return trusted(lines.join('\n'))
}
