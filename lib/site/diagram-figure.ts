import { createHash } from 'node:crypto'
import type { DrawDiagram } from '#lib/site/draw-diagram.ts'
import { type Html, html } from '#lib/site/html.ts'

interface DiagramContext {
  draw: DrawDiagram
  /** Collects the pictures. */
  files: Map<string, string>
}

/**
 * A Mermaid diagram as a figure: one picture per theme, and below it the same as text. Adds the pictures to `files`. A
 * diagram that cannot be drawn is shown as its source, with the reason.
 */
export function diagramFigure(source: string, { draw, files }: DiagramContext): Html {
  const drawn = draw(source)
  if ('problem' in drawn) {
    return html`<figure class="diagram"><figcaption class="note">This diagram is not drawn: ${drawn.problem}. Its Mermaid source:</figcaption>
<pre class="plain"><code>${source}</code></pre></figure>
`
  }
  const base = `assets/diagram-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`
  files.set(`${base}-light.svg`, drawn.light)
  files.set(`${base}-dark.svg`, drawn.dark)
  const alt = drawn.edges.length
    ? `Diagram with ${drawn.edges.length} connections, listed below`
    : 'Diagram; its source is below'
  const picture = (theme: string) =>
    html`<img class="only-${theme}" src="${base}-${theme}.svg" width="${drawn.width}" height="${drawn.height}" alt="${alt}" loading="lazy">`
  return html`<figure class="diagram"><div class="diagram-scroll">${picture('light')}${picture('dark')}</div>
<details><summary>Diagram as text</summary>
${drawn.edges.length ? html`<ul>${drawn.edges.map((edge) => html`<li>${edge}</li>`)}</ul>` : null}
<pre class="plain"><code>${source}</code></pre></details></figure>
`
}
