import { describe, expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { relatedPages } from '#lib/links/related-pages.ts'

function citing(slug: string, ...paths: string[]): WrittenPage {
  const markdown = paths.map((path) => `[${path}:1](source:${path}#L1)`).join(' ')
  const provenance = { provider: 'builtin', model: 'static', runId: 'r', commit: 'c' }
  return { slug, title: slug, description: '', type: 'guide', markdown, provenance }
}

describe('relatedPages', () => {
  it('ranks pages that share files above pages whose files import each other, and leaves out strangers', () => {
    const pages = [citing('a', 'x.ts', 'y.ts'), citing('b', 'x.ts'), citing('c', 'z.ts'), citing('d', 'far.ts')]
    const range = { path: 'y.ts', start: 1, end: 1 }
    const related = relatedPages(pages, [{ from: 'y.ts', to: 'z.ts', specifier: './z', names: [], range }])
    expect(related.get('a')?.map(({ slug }) => slug)).toEqual(['b', 'c'])
    expect(related.get('d')).toEqual([])
  })
})
