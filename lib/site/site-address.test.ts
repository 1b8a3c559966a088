import { describe, expect, it } from 'vitest'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { markupFaults } from '#lib/testing/site-faults.ts'

const text = (files: SiteFiles, path: string) => String(contentOf(files.get(path) ?? ''))

describe('a site whose address is known', () => {
  it('says on each page where it is, and lists its pages', async () => {
    const files = await renderSite(sampleSite({ address: 'https://docs.example.org/a&b/' }))
    const page = text(files, 'getting-started.html')
    expect(page).toContain('<link rel="canonical" href="https://docs.example.org/a&amp;b/getting-started.html">')
    expect(page).toContain('<meta property="og:title" content="Getting started">')
    expect(text(files, 'index.html')).toContain('<link rel="canonical" href="https://docs.example.org/a&amp;b/">')
    expect(text(files, 'source/src/store.py.html')).toContain(
      'href="https://docs.example.org/a&amp;b/source/src/store.py.html"',
    )
    expect(
      text(files, 'sitemap.xml').match(
        /<loc>https:\/\/docs\.example\.org\/a&amp;b\/[^<]*<\/loc><lastmod>\d{4}-\d\d-\d\d</g,
      ),
    ).toHaveLength(4)
    expect(files.has('robots.txt')).toBe(false)
    expect(await markupFaults(page)).toEqual([])
  })

  it('leads away from the page for lost readers wherever that is shown', async () => {
    const lost = text(await renderSite(sampleSite({ address: 'https://docs.example.org/a/' })), '404.html')
    const addresses = Array.from(lost.matchAll(/ (?:href|src)="([^"]*)"/g), ([, address = '']) => address)
    expect(addresses.filter((address) => !/^(?:\/a\/|#|https:\/\/example\.org\/)/.test(address))).toEqual([])
    expect(lost).not.toContain('canonical')
  })

  it('tells robots of the map where it is the whole host', async () => {
    const files = await renderSite(sampleSite({ address: 'https://docs.example.org/' }))
    expect(text(files, 'robots.txt')).toContain('Sitemap: https://docs.example.org/sitemap.xml')
  })

  it('says nothing of all that where nobody said the address', async () => {
    const files = await renderSite(sampleSite())
    expect([files.has('sitemap.xml'), files.has('robots.txt')]).toEqual([false, false])
    expect(text(files, 'getting-started.html')).not.toMatch(/canonical|og:/)
  })
})

it('hands out its pages and what they rest on as JSON', async () => {
  const facts = JSON.parse(text(await renderSite(sampleSite()), 'facts.json'))
  expect(facts).toMatchObject({ format: 1, project: { name: 'lantern', branch: 'main' } })
  expect(facts.pages.map(({ html }: { html: string }) => html)).toEqual([
    'getting-started.html',
    'architecture.html',
    'server-reference.html',
  ])
  expect(facts.pages[0].citations).toContainEqual({ path: 'src/server/create-server.ts', start: 8, end: 13 })
})
