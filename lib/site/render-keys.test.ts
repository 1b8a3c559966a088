import { expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { pageKey } from '#lib/site/render-keys.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

/** Keys by slug of a site of so many pages; the first one has `markdown`. */
function keysOf(count: number, markdown: string): Map<string, string> {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const pages = Array.from({ length: count }, (_, n) => ({
    ...sample,
    slug: `p${n}`,
    title: `Page ${n}`,
    markdown: n === 0 ? markdown : 'Text.',
  }))
  const model = siteModel({ ...base, pages, plan: { ...base.plan, navigation: [] } }, '')
  return new Map(model.pages.map((entry) => [entry.page.slug, pageKey(entry, model, 'frame')]))
}

it.each(['[far](p199.md)', '[far](./p199.md#part)', '[far](p199)', '[far][1]\n\n[1]: p199.md', '[far](<p199.html>)'])(
  'a page is rendered again when a page of a large site it leads to comes or goes: %s',
  (markdown) => {
    const [before, after] = [keysOf(199, markdown), keysOf(200, markdown)]
    expect(after.get('p0')).not.toBe(before.get('p0'))
    expect(after.get('p1')).toBe(before.get('p1'))
    expect(keysOf(200, 'Text.').get('p0')).toBe(keysOf(199, 'Text.').get('p0'))
  },
)

it('a page is rendered again when a page beside it in the tree has another title, and only then', () => {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const keysWith = (renamed: number) => {
    const titles = Array.from({ length: 200 }, (_, n) => (n === renamed ? 'Renamed' : `Page ${n}`))
    const pages = titles.map((title, n) => ({ ...sample, slug: `p${n}`, title, markdown: 'Text.' }))
    const model = siteModel({ ...base, pages, plan: { ...base.plan, navigation: [] } }, '')
    return model.pages.map((entry) => pageKey(entry, model, 'frame'))
  }
  const [before, after] = [keysWith(-1), keysWith(100)]
  const changed = after.flatMap((key, n) => (key === before[n] ? [] : [n]))
  expect(changed).toEqual(Array.from({ length: 41 }, (_, n) => 80 + n))
})
