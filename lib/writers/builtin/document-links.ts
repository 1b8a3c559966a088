import { type Plan, planPages } from '#lib/domain/plan.ts'

export interface LinkedPage {
  slug: string
  title: string
}

/** Finds the page of this documentation that a link inside a document leads to; null for every other link. */
export type FindPage = (href: string) => LinkedPage | null

/** Links of the document at `path`, relative to it or, with a slash, to the folder of all documents. */
export function pagesFrom(path: string, plan: Plan): FindPage {
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
