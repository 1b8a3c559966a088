import { type Html, html } from '#lib/site/html.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** A page as the tags of its head see it. */
export interface AddressedPage {
  title: string
  description: string
  slug: string | null
  kind: string
}

/** Canonical address and Open Graph data of a page; null when nobody said where the site will be, or the page has no place. */
export function addressTags(page: AddressedPage, model: SiteModel): Html | null {
  const { address, plan } = model.input
  const path = pathOf(page, model)
  if (!address || path === null) return null
  const url = new URL(path, address).href
  const type = page.kind === 'home' ? 'website' : 'article'
  return html`<link rel="canonical" href="${url}">
<meta property="og:url" content="${url}">
<meta property="og:type" content="${type}">
<meta property="og:site_name" content="${plan.project_name}">
<meta property="og:title" content="${page.title}">
<meta property="og:description" content="${page.description}">
<meta name="twitter:card" content="summary">
`
}

/** `sitemap.xml`, and at the root of a host `robots.txt`; neither where the address of the site is not known. */
export function addressFiles(model: SiteModel): [path: string, content: string][] {
  const { address, committedAt } = model.input
  if (!address) return []
  const day = /^\d{4}-\d{2}-\d{2}/.exec(committedAt)?.[0]
  const urls = ['', ...model.pages.map(({ file }) => `${urlFrom(0, file)}.html`)].map(
    (path) => html`<url><loc>${new URL(path, address).href}</loc>${day ? html`<lastmod>${day}</lastmod>` : null}</url>
`,
  )
  const sitemap = html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls}</urlset>
`.text
  const robots = `User-agent: *\nAllow: /\nSitemap: ${new URL('sitemap.xml', address).href}\n`
  return [
    ['sitemap.xml', sitemap],
    ...(new URL(address).pathname === '/' ? [['robots.txt', robots] as [string, string]] : []),
  ]
}

/** A page that hosts show at any address: with the address known, its links lead from wherever that is. */
export function fromAnywhere(markup: string, address: string | null | undefined): string {
  if (!address) return markup
  const root = new URL(address).pathname
  return markup.replace(/ (href|src)="(?![#/]|[a-z]+:)/g, (_, name) => ` ${name}="${html`${root}`.text}`)
}

function pathOf({ kind, slug, title }: AddressedPage, { paths }: SiteModel): string | null {
  if (kind === 'home') return ''
  const page = slug === null ? undefined : paths.pages.get(slug)
  if (page !== undefined) return `${urlFrom(0, page)}.html`
  const source = kind === 'source-page' ? paths.sources.get(title) : undefined
  return source === undefined ? null : urlFrom(0, source)
}
