import { parse, serialize } from 'parse5'
import { escapeHtml, type Html, html, trusted } from '#lib/site/html.ts'
import { attribute, elementsOf, lineId } from '#lib/site/single-file-page.ts'

/** The cited lines of a file, from its page in the site; a gap between them is told by three dots. */
export function citedLines(page: string, { source, lines }: { source: string; lines: Set<number> }): Html {
  const path = source.replace(/^source\//, '').replace(/\.html$/, '')
  let title = path
  let before: number | null = null
  let code = ''
  for (const element of elementsOf(parse(page))) {
    if (attribute(element, 'class') === 'source-path') title = serialize(element).replace(/<[^>]*>/g, '')
    const number = Number(/^L(\d+)$/.exec(attribute(element, 'id') ?? '')?.[1] ?? 0)
    if (element.tagName !== 'span' || !lines.has(number)) continue
    if (before !== null && number > before + 1) code += '<span class="source-gap">…</span>\n'
    before = number
    element.childNodes = element.childNodes.filter((child) => child.nodeName !== 'a')
    code += `<span id="${escapeHtml(lineId(source, number))}" class="line" data-line="${number}">${serialize(element)}</span>\n`
  }
  return html`<h2 id="${source.replace(/\.html$/, '')}">${trusted(title)}</h2>
<div class="code"><pre class="numbered" tabindex="0" role="region" aria-label="Lines of ${path}"><code>${trusted(code)}</code></pre></div>
`
}
