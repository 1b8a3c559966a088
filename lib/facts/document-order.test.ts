import { expect, it } from 'vitest'
import type { DocumentFact } from '#lib/domain/facts.ts'
import { inNavigation } from './document-order.ts'

function ordered(paths: string[], texts: Record<string, string>): string[] {
  const documents = paths.map((path): DocumentFact => ({ path, title: null, sections: [] }))
  const placed = inNavigation(documents, new Map(Object.entries(texts))).filter(({ place }) => place !== undefined)
  return placed.sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map(({ path }) => path)
}

it('reads the order of documents from the sidebar of VitePress and its folders', () => {
  const config = `nav: [{ link: '/cookbook/' }],
    sidebar: { '/': [{ link: '/introduction.html' }, { link: '/core-concepts/' }, { link: '/core-concepts/state' }] }`
  const paths = ['cookbook/index.md', 'core-concepts/state.md', 'core-concepts/index.md', 'introduction.md']
  const inDocs = paths.map((path) => `packages/docs/${path}`)
  expect(ordered([...inDocs, 'state.md'], { 'packages/docs/.vitepress/config/en.ts': config })).toEqual([
    'packages/docs/introduction.md',
    'packages/docs/core-concepts/index.md',
    'packages/docs/core-concepts/state.md',
  ])
})

it('reads the order of documents from mkdocs.yml and sidebars of Docusaurus', () => {
  const yaml = "plugins:\n  - state\nnav:\n  - 'Use': use.md\n  - Deep:\n    - deep/state.md\n    - about.md\n"
  const paths = ['docs/about.md', 'docs/deep/state.md', 'docs/state.md', 'docs/use.md']
  expect(ordered(paths, { 'mkdocs.yml': yaml })).toEqual(['docs/use.md', 'docs/deep/state.md', 'docs/about.md'])
  const sidebars = "module.exports = { docs: ['use', { items: ['deep/state', 'about'] }] }"
  expect(ordered(paths, { 'sidebars.js': sidebars })).toEqual(['docs/use.md', 'docs/deep/state.md', 'docs/about.md'])
})
