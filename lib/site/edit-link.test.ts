import { expect, it } from 'vitest'
import { contentOf } from '#lib/domain/site.ts'
import { editHref, treeHref } from '#lib/site/edit-link.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

it.each([
  ['https://github.com/a/b/blob/3ef35b2/', 'https://github.com/a/b/edit/next/1/docs/a%20b.md'],
  ['https://gitlab.com/a/b/c/-/blob/3ef35b2/', 'https://gitlab.com/a/b/c/-/edit/next/1/docs/a%20b.md'],
  ['https://codeberg.org/a/b/src/commit/3ef35b2/', 'https://codeberg.org/a/b/_edit/next/1/docs/a%20b.md'],
  ['https://example.org/a/b/tree/3ef35b2/', null],
  ['javascript:alert(1)/blob/3ef35b2/', null],
  [null, null],
])('leads from %s to where a file can be changed', (forgeBase, wanted) => {
  expect(editHref('docs/a b.md', { forgeBase, branch: 'next/1' })).toBe(wanted)
})

it.each([
  ['https://github.com/a/blob/blob/3ef35b2/', 'https://github.com/a/blob/tree/3ef35b2/'],
  ['https://gitlab.com/a/b/c/-/blob/3ef35b2/', 'https://gitlab.com/a/b/c/-/tree/3ef35b2/'],
  ['https://codeberg.org/a/b/src/commit/3ef35b2/', 'https://codeberg.org/a/b/src/commit/3ef35b2/'],
  ['javascript:alert(1)/blob/3ef35b2/', null],
  [null, null],
])('leads from %s to the commit', (forgeBase, wanted) => {
  expect(treeHref({ forgeBase })).toBe(wanted)
})

it('leads from the bar of every page to the commit on the forge, where that is known', async () => {
  const { commit, forgeBase } = sampleSite()
  const link = `href="${forgeBase?.replace('/blob/', '/tree/')}" aria-label="Repository at ${commit.slice(0, 7)}"`
  for (const path of ['index.html', 'architecture.html', 'source/package.json.html', '404.html'])
    expect(String(contentOf((await renderSite(sampleSite())).get(path) ?? '')), path).toContain(link)
  const local = await renderSite(sampleSite({ forgeBase: null }))
  expect(String(contentOf(local.get('index.html') ?? ''))).toContain(`>${commit.slice(0, 7)}</span>`)
})

it('stands at the foot of a page that is about a file it cites, and of no other', async () => {
  const base = sampleSite()
  const navigation = base.plan.navigation.map((group) => ({
    ...group,
    pages: group.pages.map((page) => {
      const subject = page.slug === 'getting-started' ? 'src/server/create-server.ts' : 'some package'
      return { ...page, subject }
    }),
  }))
  const files = await renderSite({ ...base, plan: { ...base.plan, navigation } })
  const edit = 'href="https://example.org/acme/lantern/edit/main/src/server/create-server.ts"'
  const textOf = (path: string) => String(contentOf(files.get(path) ?? ''))
  expect(textOf('getting-started.html')).toContain(edit)
  expect(textOf('architecture.html')).not.toContain('/edit/')
})
