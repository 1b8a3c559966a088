import { decoded } from '#lib/domain/decoded.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'

export interface LinkedPage {
  slug: string
  title: string
}

/** Finds the page of this documentation that a link inside a document leads to; null for every other link. */
export type FindPage = (href: string) => LinkedPage | null

/** Finds the picture of the repository that an image of a document shows, as a path; null for every other one. */
export type FindImage = (href: string) => string | null

/** Finds the heading of the page that a link within the document leads to, as its id; null for every other link. */
export type FindAnchor = (href: string) => string | null

/** What the addresses in a document mean in this documentation. */
export interface DocumentLinks {
  findPage: FindPage
  findImage: FindImage
  findAnchor?: FindAnchor
}

/** Addresses of the document at `path`, relative to it or, with a slash, to the folder of all documents. */
export function linksFrom(path: string, { plan, hasPath }: { plan: Plan; hasPath: (path: string) => boolean }) {
  return { findPage: pagesFrom(path, plan), findImage: imagesFrom(path, hasPath) } satisfies DocumentLinks
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i
/** Where tools for documentation keep what a site has at its root. */
const ROOTS = ['', 'public/', 'static/', 'assets/']

function imagesFrom(path: string, hasPath: (path: string) => boolean): FindImage {
  const folder = path.split('/').slice(0, -1).join('/')
  const top = path.includes('/') ? `${path.split('/')[0]}/` : ''
  return (href) => {
    const target = decoded((href.split('#')[0] ?? '').replace(/[?].*$/, ''))
    if (!PICTURE.test(target) || /^[a-z][a-z\d+.-]*:|^\/\/|[\\\p{Cc}]/iu.test(target)) return null
    const places = target.startsWith('/')
      ? ['', top].flatMap((start) => ROOTS.map((root) => resolve(`${start}${root}`.replace(/\/$/, ''), target)))
      : [resolve(folder, target)]
    return places.find((place) => place !== null && hasPath(place)) ?? null
  }
}

/** Links of the document at `path`, relative to it or, with a slash, to the folder of all documents. */
function pagesFrom(path: string, plan: Plan): FindPage {
  const pages = new Map(
    planPages(plan)
      .filter(({ kind, subject }) => kind === 'examples' && subject !== undefined)
      .map(({ slug, title, subject }) => [withoutEnding(subject ?? ''), { slug, title }]),
  )
  return (href) => {
    const target = (href.split('#')[0] ?? '').replace(/[?].*$/, '')
    if (target === '' || /^[a-z][a-z\d+.-]*:|^\/\//i.test(target)) return null
    const base = target.startsWith('/') ? (path.split('/')[0] ?? '') : path.split('/').slice(0, -1).join('/')
    const resolved = resolve(base, target)
    return resolved === null ? null : (pages.get(withoutEnding(resolved)) ?? null)
  }
}

function withoutEnding(path: string): string {
  return path.replace(/\.(?:mdx?|markdown|rst|html)$/i, '').replace(/\/$/, '')
}

/** Null when the link leaves the repository. */
function resolve(base: string, target: string): string | null {
  const parts = base === '' ? [] : base.split('/')
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
