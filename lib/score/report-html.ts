import { gateText, groupsText, placeText, pointsText, valueText } from '#lib/score/report-text.ts'
import type { Measure, Score } from '#lib/score/score-documentation.ts'

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}.total{font-size:3rem;font-weight:700}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884;vertical-align:top}
td.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.kept{color:#17803d}.failed{color:#c2261d;font-weight:600}
code{overflow-wrap:anywhere;font-size:.9em}details{margin:.5rem 0}summary{cursor:pointer;font-weight:600}
@media(prefers-color-scheme:dark){.kept{color:#5bd08a}.failed{color:#ff8a80}}`

/** One HTML page with the total, every measure and every miss. It loads nothing and runs nothing. */
export function reportHtml(score: Score, title: string): string {
  const rows = score.measures.map(measureRow).join('\n')
  const misses = score.measures.filter((measure) => measure.misses.length > 0).map(missesSection)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Doc Score of ${escaped(title)}: ${score.total}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Doc Score of ${escaped(title)}</h1>
<p><span class="total">${pointsText(score.total)}</span> of 100: ${escaped(groupsText(score))}</p>
<p>${score.pages} pages, held against commit <code>${escaped(score.commit)}</code>.</p>
${score.limits.map((limit) => `<p>${escaped(limit)}</p>`).join('\n')}
<table>
<thead><tr><th>No.</th><th>Measure</th><th>Value</th><th>Gate</th><th>Held</th><th>Weight</th><th>Note</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
<h2>What is not borne out</h2>
${misses.length === 0 ? '<p>Nothing.</p>' : misses.join('\n')}
</main>
</body>
</html>
`
}

function measureRow(measure: Measure): string {
  const { number, title, ok, weight, note } = measure
  const held = measure.gate === null ? '' : ok ? '<span class="kept">yes</span>' : '<span class="failed">no</span>'
  const cells = [
    `<td class="number">${number}</td>`,
    `<td>${escaped(title)}</td>`,
    `<td class="number">${escaped(valueText(measure))}</td>`,
    `<td class="number">${escaped(gateText(measure))}</td>`,
    `<td>${held}</td>`,
    `<td class="number">${weight === 0 ? '' : weight}</td>`,
    `<td>${escaped(note ?? '')}</td>`,
  ]
  return `<tr>${cells.join('')}</tr>`
}

function missesSection({ id, title, ok, misses }: Measure): string {
  const rows = misses.map((miss) => {
    const { claim, found } = miss
    return `<tr><td><code>${escaped(placeText(miss))}</code></td><td><code>${escaped(claim)}</code></td><td>${escaped(found)}</td></tr>`
  })
  return `<details id="${id}"${ok ? '' : ' open'}>
<summary>${escaped(title)}: ${misses.length}</summary>
<table>
<thead><tr><th>Where</th><th>Claimed</th><th>The code says</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</details>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
