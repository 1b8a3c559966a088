import { contentOf, type SiteFile } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { PLACES, siteOf } from '#lib/testing/hostile-site.ts'
import type { SiteServer } from './site-server.ts'
import { servedFiles, visitsOf } from './views.ts'
import type { Visit, Visitor } from './visitor.ts'

/** Short enough for a commit that is shown shortened, and in no text of ours. */
const MARK = 'qzvx7k'
const WORD = 'zebra'
/** Runs out of text, out of an attribute, and where a script of the site puts it into the page. */
const PAYLOAD = '"></title></code></pre><script>alert(1)</script><img src=x onerror=alert(1)>'

export interface Unescaped {
  /** Views of a site without escaping in which its payload ran. */
  views: Set<string>
  /** Places that put a payload into a page where it runs when nothing escapes it. */
  places: Set<string>
}

/** The control of what pages withstand: the same visits, on sites of which all escaping is undone. */
export async function visitUnescaped(
  { server, visitor }: { server: SiteServer; visitor: Visitor },
  hasPolicy: boolean,
): Promise<Unescaped> {
  const found: Unescaped = { views: new Set(), places: new Set() }
  const name = `unescaped-${hasPolicy}`
  const files = undone(await servedFiles(await renderSite(siteOf(() => `${MARK} ${WORD}`)), `${MARK} `), `${MARK} `)
  server.add(name, { files, hasPolicy })
  for (const visit of visitsOf(files, { query: PAYLOAD.slice(PAYLOAD.indexOf('<img')), word: WORD }))
    for (const sight of await visitor.visit(`${server.url}/${name}/${visit.path}`, visit))
      if (sight.ran > 0) found.views.add(sight.view)
  for (const place of PLACES) {
    const rendered = await renderSite(siteOf((other) => (other === place ? MARK : WORD)))
    const site = undone(await servedFiles(rendered, WORD), MARK)
    server.add(name, { files: site, hasPolicy })
    for (const visit of visitsTo(site)) {
      const sights = await visitor.visit(`${server.url}/${name}/${visit.path}`, visit)
      if (sights.some(({ ran }) => ran > 0)) found.places.add(place)
      if (found.places.has(place)) break
    }
  }
  return found
}

/** To the first page that holds the payload; where none does, to all, because a script may bring it in. */
function visitsTo(site: ReadonlyMap<string, SiteFile>): Visit[] {
  const all = visitsOf(site, { query: WORD, word: WORD })
  const holding = all.find(({ path }) => String(contentOf(site.get(decodeURIComponent(path)) ?? '')).includes(PAYLOAD))
  return holding ? [{ path: holding.path, view: holding.view }] : all
}

/** With `mark`, which in the names of files looks otherwise where it ends with a space, replaced by the payload. */
function undone(files: ReadonlyMap<string, SiteFile>, mark: string): Map<string, SiteFile> {
  return new Map([...files].map(([path, file]) => [path, withoutEscaping(path, { file, mark })]))
}

function withoutEscaping(path: string, { file, mark }: { file: SiteFile; mark: string }): SiteFile {
  const payload = mark.replace(MARK, PAYLOAD)
  if (path.endsWith('.html')) return String(contentOf(file)).replaceAll(mark, payload)
  if (/^assets\/.*\.js$/.test(path)) return String(contentOf(file)).replaceAll(/\.textContent ?=(?!=)/g, '.innerHTML=')
  if (/\.(?:js|json)$/.test(path)) return String(contentOf(file)).replaceAll(mark, JSON.stringify(payload).slice(1, -1))
  return file
}
