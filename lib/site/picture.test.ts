import { describe, expect, it } from 'vitest'
import { contentOf, KEPT, type SiteImage, type SiteInput } from '#lib/domain/site.ts'
import { renderSite, renderUpdate } from '#lib/site/render-site.ts'
import { singleFile } from '#lib/site/single-file.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { checkLinks, markupFaults, siteTexts } from '#lib/testing/site-faults.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'

const FILE = 'assets/image-0123456789abcdef0123.png'
const SHOWN: SiteImage = {
  oid: '0123456789abcdef0123',
  file: FILE,
  width: 7,
  height: 5,
  bytes: 96,
  content: TINY_IMAGES.png,
}
const SHOT = `<img class="shot" src="${FILE}" width="7" height="5" alt="The board" loading="lazy" decoding="async">`

function siteWith(markdown: string, image: SiteImage = SHOWN): SiteInput {
  const base = sampleSite()
  const [first, ...rest] = base.pages
  if (!first) throw new Error('The sample has no pages')
  const images = new Map([
    ['docs/board.png', image],
    ['docs/wiring.svg', null],
  ])
  return { ...base, pages: [{ ...first, markdown }, ...rest], images }
}

async function rendered(markdown: string) {
  const texts = siteTexts(await renderSite(siteWith(markdown)))
  const page = texts.get('getting-started.html') ?? ''
  return { texts, page, prose: page.slice(page.indexOf('<div class="prose'), page.indexOf('</article>')) }
}

describe('pictures of the repository', () => {
  it('are figures with their size, text and title, which open in full size', async () => {
    const { texts, page, prose } = await rendered('# T\n\n![The board](docs/board.png "Seen from *above*")\n')
    expect(prose).toContain(
      `<figure class="picture"><a class="picture-open" href="${FILE}">${SHOT}</a><figcaption>Seen from *above*</figcaption></figure>`,
    )
    expect(texts.get('getting-started.md')).toContain(`![The board](${FILE} "Seen from *above*")`)
    expect(texts.get('llms-full.txt')).toContain(`![The board](${FILE} `)
    expect(checkLinks(texts).broken).toEqual([])
    expect(await markupFaults(page)).toEqual([])
  })

  it('stand in sentences, tables and links, where no link is put into another', async () => {
    const { page, prose } = await rendered(
      '# T\n\nHere ![The board](docs/board.png) it is.\n\n[![The board](docs/board.png)](https://example.org)\n\n| a |\n|---|\n| ![](./docs/board.png) |\n',
    )
    expect(prose).toContain(`<p>Here <a class="picture-open" href="${FILE}">${SHOT}</a> it is.</p>`)
    expect(prose).toContain(`<a class="outside" rel="noreferrer" href="https://example.org/">${SHOT}</a>`)
    expect(prose).toContain(`href="${FILE}" aria-label="Picture in full size"><img class="shot"`)
    expect(await markupFaults(page)).toEqual([])
  })

  it('stay links where they are not part of the site, and words where nobody knows them', async () => {
    const { page, prose } = await rendered(
      '# T\n\n![Wires](docs/wiring.svg)\n\n![Gone](docs/gone.png)\n\n![Far](https://example.org/x.png)\n\n[![Badge](https://example.org/b.svg)](https://example.org/ci)\n',
    )
    expect(prose).toMatch(
      /href="https:\/\/example\.org\/acme\/lantern\/blob\/[0-9a-f]{40}\/docs\/wiring\.svg">Image: Wires</,
    )
    expect(prose).toContain('<span class="image-gone">Image: Gone</span>')
    expect(prose).toContain('href="https://example.org/x.png">Image: Far</a>')
    expect(prose).toContain('href="https://example.org/ci">Image: Badge</a>')
    expect(prose).not.toContain('<img')
    expect(await markupFaults(page)).toEqual([])
  })

  it('are kept by an update as long as their content is the same', async () => {
    const update = (earlier: Awaited<ReturnType<typeof renderUpdate>>['rendered'] | null) => ({
      earlier,
      sourceIds: new Map<string, string>(),
      readSources: async () => sampleSite().sources,
    })
    const markdown = '# T\n\n![The board](docs/board.png)\n'
    const first = await renderUpdate(siteWith(markdown), update(null))
    expect(first.files.get(FILE)).toEqual(TINY_IMAGES.png)
    expect(first.rendered.images).toEqual({ '0123456789abcdef0123': { file: FILE, width: 7, height: 5, bytes: 96 } })
    const same = await renderUpdate(siteWith(markdown, { ...SHOWN, content: null }), update(first.rendered))
    expect(same.files.get(FILE)).toBe(KEPT)
    expect(same.files.get('getting-started.html')).toBe(KEPT)
    const other = { ...SHOWN, oid: 'f'.repeat(20), file: FILE.replace('0123', 'ffff'), content: TINY_IMAGES.gif }
    const changed = await renderUpdate(siteWith(markdown, other), update(first.rendered))
    expect(String(changed.files.get('getting-started.html'))).toContain(other.file)
    expect(changed.files.get('architecture.html')).toBe(KEPT)
  })
})

it('is part of the one file that a site is exported to', async () => {
  const files = await renderSite(siteWith('# T\n\n![The board](docs/board.png)\n'))
  const text = await singleFile(async (path) => {
    const file = files.get(path)
    return file === undefined ? null : Buffer.from(contentOf(file))
  })
  expect(text).toContain(`src="data:image/png;base64,${Buffer.from(TINY_IMAGES.png).toString('base64')}"`)
  expect(text).not.toContain(FILE)
  expect(await markupFaults(text)).toEqual([])
})
