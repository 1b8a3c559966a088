import { expect, it } from 'vitest'
import type { DocumentFact } from '#lib/domain/facts.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { linksFrom } from '#lib/writers/builtin/document-links.ts'
import { inContentsOrder } from '#lib/writers/builtin/guide-order.ts'

function document(path: string, text = ''): DocumentFact {
  return {
    path,
    title: path,
    sections: [{ heading: path, level: 1, text, range: range(path, 1, 9), textStart: 3 }],
  }
}

it('orders guides as the table of contents beside them does, the rest with those for beginners first', () => {
  const contents =
    '.. toctree::\n\n   quickstart\n   tutorial/index\n   Advanced things <advanced>\n\nSee configuration.'
  const guides = ['docs/advanced.rst', 'docs/api.rst', 'docs/installing.rst', 'docs/quickstart.rst'].map((path) =>
    document(path),
  )
  const facts = makeFacts({ documents: [document('docs/index.rst', contents), ...guides] })
  expect(inContentsOrder(facts, guides).map(({ path }) => path)).toEqual([
    'docs/quickstart.rst',
    'docs/advanced.rst',
    'docs/installing.rst',
    'docs/api.rst',
  ])
})

it('orders folders as the contents above them do, and sees no order in an alphabetical list', () => {
  const index = '.. toctree::\n\n   quickstart\n   tutorial/index\n   patterns/index\n'
  const paths = ['docs/patterns/cache.rst', 'docs/quickstart.rst', 'docs/tutorial/views.rst', 'docs/tutorial/index.rst']
  const guides = paths.map((path) => document(path))
  const facts = makeFacts({ documents: [document('docs/index.rst', index), ...guides] })
  expect(inContentsOrder(facts, guides).map(({ path }) => path)).toEqual([
    'docs/quickstart.rst',
    'docs/tutorial/index.rst',
    'docs/tutorial/views.rst',
    'docs/patterns/cache.rst',
  ])
  const names = ['bench', 'fluent', 'getting-started', 'testing']
  const sorted = document('docs/index.md', names.map((name) => `- [${name}](./${name}.md)`).join('\n'))
  const listed = names.map((name) => document(`docs/${name}.md`))
  const [first] = inContentsOrder(makeFacts({ documents: [sorted, ...listed] }), listed)
  expect(first?.path).toBe('docs/getting-started.md')
})

it('follows the navigation of the site before anything else', () => {
  const guides = [document('docs/a.md'), { ...document('docs/b.md'), place: 7 }, { ...document('docs/c.md'), place: 2 }]
  expect(inContentsOrder(makeFacts({ documents: guides }), guides).map(({ path }) => path)).toEqual([
    'docs/c.md',
    'docs/b.md',
    'docs/a.md',
  ])
})

it('follows links between documents to their pages, and no link that leads elsewhere', () => {
  const guide = (slug: string, subject: string) =>
    ({ slug, subject, title: slug, description: '', type: 'guide', kind: 'examples' }) as const
  const plan: Plan = {
    project_name: 'walk',
    tagline: '',
    repo_type: 'library',
    navigation: [{ group: 'Guides', pages: [guide('docs-use', 'docs/use.md'), guide('docs-a-go', 'docs/a/go.rst')] }],
  }
  const find = linksFrom('docs/a/more.md', { plan, hasPath: () => false }).findPage
  expect(['go', './go.rst#there', '../use.md', '/use', '../a/go.html'].map((href) => find(href)?.slug)).toEqual([
    'docs-a-go',
    'docs-a-go',
    'docs-use',
    'docs-use',
    'docs-a-go',
  ])
  expect(
    ['#go', 'https://example.org/use', '//use.md', '../../../use.md', 'javascript:go', '../none.md'].map(find),
  ).toEqual(Array.from({ length: 6 }, () => null))
})

it('orders chapters by the numbers of their titles, before what has none', () => {
  const titled = (path: string, title: string) => ({ ...document(path), title })
  const guides = [
    titled('guides/data/faq.md', 'FAQ'),
    titled('guides/data/first_context.md', '2. Your first context'),
    titled('guides/data/ten.md', '10. Ten'),
    titled('guides/data/contexts.md', '1. Contexts'),
  ]
  expect(inContentsOrder(makeFacts({ documents: guides }), guides).map(({ title }) => title)).toEqual([
    '1. Contexts',
    '2. Your first context',
    '10. Ten',
    'FAQ',
  ])
})
