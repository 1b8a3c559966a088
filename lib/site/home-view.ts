import { breakablePath } from '#lib/site/breakable-path.ts'
import { checkLines } from '#lib/site/check-summary.ts'
import { type Html, html } from '#lib/site/html.ts'
import { outsideAddress } from '#lib/site/safe-address.ts'
import { renderShell } from '#lib/site/shell.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'
import { writtenBy } from '#lib/site/written-by.ts'

/** `index.html`: what the project is, what its documentation rests on, and every page with a line about it. */
export function renderHome(model: SiteModel): string {
  const { plan } = model.input
  const main = html`<header class="home-head">
<h1>${plan.project_name}</h1>
${plan.tagline ? html`<p class="lede">${plan.tagline}</p>` : null}
${ledger(model)}
</header>
${model.groups.map(
  (group, index) => html`<section class="shelf" aria-labelledby="group-${index + 1}">
<h2 id="group-${index + 1}">${group.name}</h2>
<ul>${group.pages.map(
    ({
      file,
      page,
      title,
    }) => html`<li><a href="${urlFrom(0, file)}.html"><strong>${title}</strong><span>${breakablePath(page.description)}</span></a></li>
`,
  )}</ul>
</section>
`,
)}
<footer class="page-foot"><p>For programs: <a href="llms.txt">llms.txt</a>, <a href="llms-full.txt">llms-full.txt</a>, and a <code>.md</code> file beside every page.</p></footer>`
  return renderShell(
    {
      depth: 0,
      lang: plan.style?.language,
      title: plan.project_name,
      description: plan.tagline,
      slug: null,
      kind: 'home',
      main,
      toc: null,
    },
    model,
  )
}

function ledger(model: SiteModel): Html {
  const { repository, branch, commit, committedAt, sources } = model.input
  const address = outsideAddress(repository)
  const writers = [...new Set(model.pages.map(({ page }) => writtenBy(page.provenance)))]
  const checks = checkLines(model.pages.flatMap(({ check }) => check ?? []))
  return html`<dl class="facts ledger">
<div><dt>Repository</dt><dd>${address ? html`<a class="outside" rel="noreferrer" href="${address}">${repository}</a>` : repository}</dd></div>
<div><dt>Commit</dt><dd><code title="${commit}">${model.shortCommit}</code> on ${branch}, <time datetime="${committedAt}">${committedAt.slice(0, 10)}</time></dd></div>
<div><dt>Contents</dt><dd>${count(model.pages.length, 'page')}, citing ${count(sources.size, 'file')}</dd></div>
${writers.length ? html`<div><dt>Written by</dt><dd>${writers.join('; ')}</dd></div>` : null}
${checks.length ? html`<div class="wide"><dt>Checked</dt><dd>${checks.map(({ ok, total, text }) => html`<span class="${ok === total ? 'check-ok' : 'check-miss'}">${text}</span> `)}</dd></div>` : null}
</dl>`
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
