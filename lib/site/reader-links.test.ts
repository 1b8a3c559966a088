import { expect, it } from 'vitest'
import type { WrittenPage } from '#lib/domain/page.ts'
import { contentOf } from '#lib/domain/site.ts'
import { readerLinks } from '#lib/site/assets/reader-links.js'
import { decodeEntities } from '#lib/site/html.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const NAMES = [
  'Long '.repeat(60).trim(),
  `"Quotes" 'and' \`ticks\``,
  '👩‍💻 emoji 🏳️‍🌈',
  'R&D: a=b&c=d',
  'C# and F#?',
  '100 % + 5 %2F',
  'مرحبا',
  '../../x',
  'half \ud83d',
  'https://evil.example/',
]
const ADDRESSES = ['https://docs.example.org/', "https://docs.example.org/r&d/it's/C%23 ü/"]

it.each(ADDRESSES)('asks readers of a page at %s for its Markdown, whatever the page is called', async (address) => {
  const base = sampleSite({ address })
  const pages = base.pages
    .slice(0, 1)
    .flatMap((page) => NAMES.map((name): WrittenPage => ({ ...page, slug: name, title: name })))
  const files = await renderSite({ ...base, pages, plan: { ...base.plan, navigation: [] } })
  const documents = [...files].filter(([path]) => files.has(path.replace(/\.html$/, '.md')) && path.endsWith('.html'))
  expect(documents).toHaveLength(NAMES.length)
  for (const [path, file] of documents) {
    const markup = String(contentOf(file))
    const [, raw = ''] = /data-copy-page="([^"]*)"/.exec(markup) ?? []
    const [, canonical = ''] = /<link rel="canonical" href="([^"]*)"/.exec(markup) ?? []
    for (const [, link] of readerLinks(decodeEntities(raw), decodeEntities(canonical))) {
      expect(link).toMatch(/^https:\/\/(?:claude\.ai|chatgpt\.com)\/[!-~]+$/)
      const { searchParams, hash } = new URL(link as string)
      const [, wanted = ''] = /^Read (\S+) so that I can ask you about it\.$/.exec(searchParams.get('q') ?? '') ?? []
      expect([hash, [...searchParams.keys()].filter((key) => key !== 'hints')]).toEqual(['', ['q']])
      expect(new URL(wanted).href).toBe(new URL(path.replace(/\.html$/, '.md'), address).href)
    }
  }
})
