import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { DocsfyError } from '#lib/errors.ts'
import { escapeHtml, type Html, html, trusted } from '#lib/site/html.ts'
import { mainOf, type PageParts } from '#lib/site/single-file-page.ts'
import { citedLines } from '#lib/site/single-file-source.ts'

/** A file of a finished site; null when there is none. `path` is relative to its root. */
export type ReadSiteFile = (path: string) => Promise<Buffer | null>

const PICTURE_TYPES: Record<string, string> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
}

/** In the order in which pages load them; sites of earlier versions have all in the first one. */
const STYLES = ['site', 'home', 'figures', 'blocks', 'source', 'single']

const listSchema = z.object({
  project: z.object({ name: z.string() }),
  pages: z.array(z.object({ title: z.string(), group: z.string(), html: z.string() })),
})

/**
 * A finished site as one HTML document that needs nothing else: every page, its pictures, and the lines it cites. Other
 * work gets a turn after each page. Throws a DocsfyError when the site is of a version that does not list its pages.
 */
export async function singleFile(read: ReadSiteFile): Promise<string> {
  const { project, pages } = listSchema.parse(JSON.parse(String((await read('facts.json')) ?? listIsMissing())))
  const files = new Set(['index.html', ...pages.map((page) => decodeURIComponent(page.html))])
  const parts: Html[] = []
  const cited = new Map<string, Set<number>>()
  for (const file of files) {
    const page = mainOf(String((await read(file)) ?? ''), { file, files })
    parts.push(await withPictures(page, read))
    for (const { source, lines } of page.citations) {
      const known = cited.get(source) ?? new Set()
      for (const line of lines) known.add(line)
      cited.set(source, known)
    }
    await setImmediate()
  }
  const sources: Html[] = []
  for (const [source, lines] of [...cited].sort(([a], [b]) => (a < b ? -1 : 1))) {
    sources.push(citedLines(String((await read(source)) ?? ''), { source, lines }))
    await setImmediate()
  }
  let style = ''
  for (const name of STYLES) style += String((await read(`assets/${name}.css`)) ?? '')
  const groups = [...Map.groupBy(pages, ({ group }) => group)]
  return documentOf({ project: project.name, groups, parts, sources, style })
}

function listIsMissing(): never {
  throw new DocsfyError('bad_request', 'This site does not list its pages: generate it again, then export it')
}

/** Pictures become part of the document. */
async function withPictures({ markup, pictures }: PageParts, read: ReadSiteFile): Promise<Html> {
  let text = markup
  for (const path of pictures) {
    const picture = await read(path)
    const type = PICTURE_TYPES[path.slice(path.lastIndexOf('.') + 1)]
    const data = picture && type ? `data:${type};base64,${picture.toString('base64')}` : ''
    text = text.replaceAll(` src="${escapeHtml(path)}"`, ` src="${data}"`)
  }
  return trusted(text)
}

interface Document {
  project: string
  groups: [group: string, pages: { title: string; html: string }[]][]
  parts: Html[]
  sources: Html[]
  style: string
}

function documentOf({ project, groups, parts, sources, style }: Document): string {
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; img-src data:; base-uri 'none'; form-action 'none'`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(escapeHtml(policy))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${project}</title>
<meta name="referrer" content="no-referrer">
<meta name="generator" content="docsfy">
<style>${trusted(style)}</style>
</head>
<body class="page single">
<a class="skip" href="#docsfy.content">Skip to content</a>
<header class="top"><button class="bar-button menu-button" type="button" popovertarget="docsfy.tree">Pages</button><a class="brand" href="#index"><span>${project}</span></a></header>
<div class="frame">
<nav id="docsfy.tree" class="tree" popover aria-label="Pages">
${groups.map(
  ([group, pages]) => html`<details open><summary>${group}</summary>
<ul>${pages.map(({ title, html: file }) => html`<li><a href="#${encodeURIComponent(placeOf(file))}">${title}</a></li>`)}</ul></details>
`,
)}</nav>
<main id="docsfy.content" tabindex="-1">
${parts}${
  sources.length > 0
    ? html`<section id="docsfy.sources" class="prose"><h1>Cited lines</h1>
${sources}</section>
`
    : null
}</main>
</div>
</body>
</html>
`.text
}

function placeOf(file: string): string {
  return decodeURIComponent(file).replace(/\.html$/, '')
}
