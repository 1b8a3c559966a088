import { expect, it } from 'vitest'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { withTypeLinks } from '#lib/site/type-links.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

it('leaves markup, references, strings and comments as they are', () => {
  const markup =
    '<i class="f">Map</i>&lt;Key, &quot;Key&quot;&gt; <i class="s">&#39;Key <i class="x">Key</i>&#39;</i> Keys'
  const linked = withTypeLinks(markup, (name) => (name === 'Key' || name === 'i' ? 'href="#k"' : null))
  expect(linked).toBe(
    markup
      .replace('&lt;Key,', '&lt;<a href="#k">Key</a>,')
      .replace('&quot;Key&quot;', '&quot;<a href="#k">Key</a>&quot;'),
  )
})

it('links types in signatures to their own entries and to those of other pages, never a name to itself', async () => {
  const base = sampleSite()
  const markdown = (text: string) => ({ ...base.pages[2], markdown: text }) as (typeof base.pages)[number]
  const one = markdown(
    '# One\n\n## `open`\n\n```ts\nfunction open(options: Options, store: Store): Options\n```\n\nUses [`Store`](two.md#store).\n\n## `Options`\n\n```ts\ninterface Options { next: Options }\n```\n',
  )
  const two = markdown('# Two\n\n## `Store`\n\n```ts\nclass Store\n```\n')
  const pages = [
    { ...one, slug: 'one' },
    { ...two, slug: 'two' },
  ]
  const files = await renderSite(sampleSite({ pages, checks: [] }))
  const page = String(contentOf(files.get('one.html') ?? ''))
  const [open = '', options = ''] = [...page.matchAll(/<pre><code>([\s\S]*?)<\/code>/g)].map(([, code]) => code)
  expect(open.match(/<a class="symbol" href="#options">Options<\/a>/g)).toHaveLength(2)
  expect(open).toContain('<a class="symbol" href="two.html#store">Store</a>')
  expect(options).not.toContain('<a ')
})
