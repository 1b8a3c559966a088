import { expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

async function siteOf(pageCount: number): Promise<SiteFiles> {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const pages = Array.from({ length: pageCount }, (_, n) => ({
    ...sample,
    slug: `page-${n}`,
    title: `Page ${n}`,
    markdown: '# Page\n',
  }))
  const entries = pages.map(({ slug, title }) => ({
    slug,
    title,
    description: '',
    type: 'guide' as const,
    kind: 'module' as const,
  }))
  const navigation = Array.from({ length: Math.ceil(pageCount / 25) }, (_, n) => ({
    group: `Group ${n}`,
    pages: entries.slice(n * 25, n * 25 + 25),
  }))
  return renderSite(sampleSite({ plan: { ...base.plan, navigation }, pages, checks: [] }))
}

const treeOf = (files: SiteFiles, path: string) =>
  /<nav id="docsfy.tree"[\s\S]*?<\/nav>/.exec(String(contentOf(files.get(path) ?? '')))?.[0] ?? ''
const linksOf = (tree: string) => [...tree.matchAll(/href="([^"]*)"/g)].map((match) => match[1])

it('shows every page beside each page of a small site', async () => {
  const links = linksOf(treeOf(await siteOf(60), 'page-30.html'))
  expect(links).toEqual(Array.from({ length: 60 }, (_, n) => `page-${n}.html`))
})

it('shows a page of a large site its own group, the groups around it and the way to all', async () => {
  const files = await siteOf(400)
  const tree = treeOf(files, 'page-210.html')
  expect(linksOf(tree)).toEqual(
    expect.arrayContaining(['index.html', 'page-200.html', 'page-224.html', 'page-175.html', 'page-225.html']),
  )
  expect(tree).toContain('href="page-210.html" aria-current="page"')
  expect(linksOf(tree)).not.toContain('page-176.html')
  const source = [...files.keys()].find((path) => path.startsWith('source/src/server/')) ?? ''
  expect(treeOf(files, source)).toContain('href="../../../index.html"')
})

it('keeps pages as light in a site of 1,000 pages as in one of 200', async () => {
  const [small, large] = await Promise.all([siteOf(200), siteOf(1000)])
  const weight = (files: SiteFiles) => String(contentOf(files.get('page-100.html') ?? '')).length
  expect(weight(large)).toBeLessThanOrEqual(weight(small) * 1.1)
})

it('names files of a folder that has a page above them without the folder', async () => {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const titles = [
    'src/core',
    'src/core/a.ts',
    'src/core/in/b.ts',
    'src/corel/c.ts',
    'src/core/d.ts',
    'Guide',
    'Guide/x',
  ]
  const pages = titles.map((title, n) => ({ ...sample, slug: `p${n}`, title, markdown: '# A\n' }))
  const files = await renderSite({ ...base, pages, checks: [], plan: { ...base.plan, navigation: [] } })
  const names = Array.from(treeOf(files, 'p0.html').matchAll(/<a [^>]*>(.*?)<\/a>/g), ([, name = '']) =>
    name.replaceAll('<wbr>', ''),
  )
  expect(names).toEqual(['src/core', 'a.ts', 'in/b.ts', 'src/corel/c.ts', 'src/core/d.ts', 'Guide', 'Guide/x'])
})
