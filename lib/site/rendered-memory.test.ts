import { expect, it } from 'vitest'
import type { Rendered } from '#lib/domain/rendered.ts'
import { renderedIn, renderedLines } from '#lib/site/rendered-memory.ts'

const RENDERED: Rendered = {
  run_id: 'one',
  pages: {
    start: {
      key: 'k1',
      sections: [
        { id: '', heading: '', text: 'Ä line\nand another' },
        { id: 'use', heading: 'Use', text: '' },
      ],
      citations: [
        { path: 'b.ts', start: 3, end: 9 },
        { path: 'a.ts', start: 1, end: 1 },
        { path: 'b.ts', start: 4, end: 4 },
      ],
      files: ['start.html', 'start.md'],
    },
    empty: { key: '', sections: [], citations: [], files: [] },
  },
  sources: { 'source/a.ts': 'k2' },
  search: { pages: [['start', 'Start', 0]], terms: 'line:0', texts: [['name', 'digest']] },
}

function plain({ pages, ...rest }: Rendered) {
  const entries = Object.entries(pages).map(([slug, { key, sections, citations, files }]) => {
    return [slug, { key, sections: sections.map(({ id, heading, text }) => ({ id, heading, text })), citations, files }]
  })
  return { ...rest, pages: Object.fromEntries(entries) }
}

it('gives back what a site was made of, also of pages that were taken over from site to site', () => {
  const once = renderedIn(Buffer.concat(renderedLines(RENDERED)))
  expect(plain(once)).toEqual(RENDERED)
  const twice = renderedIn(Buffer.concat(renderedLines(once)))
  expect(plain(twice)).toEqual(RENDERED)
})

it('tells of a page that was made anew what it is now', () => {
  const { pages, ...rest } = renderedIn(Buffer.concat(renderedLines(RENDERED)))
  const page = { key: 'k3', sections: [{ id: '', heading: '', text: 'New' }], citations: [], files: ['start.html'] }
  const next = { ...rest, run_id: 'two', pages: { ...pages, start: page } }
  const expected = { ...RENDERED, run_id: 'two', pages: { ...RENDERED.pages, start: page } }
  expect(plain(renderedIn(Buffer.concat(renderedLines(next))))).toEqual(expected)
})
