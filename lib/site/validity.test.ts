import { describe, expect, it } from 'vitest'
import { renderSite } from '#lib/site/render-site.ts'
import { hostileSite, VECTORS } from '#lib/testing/hostile-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { checkLinks, markupFaults, type SiteTexts, siteTexts } from '#lib/testing/site-faults.ts'

async function faultsOf(texts: SiteTexts): Promise<string[]> {
  const pages = [...texts].filter(([path]) => path.endsWith('.html'))
  return (
    await Promise.all(pages.map(async ([path, text]) => (await markupFaults(text)).map((fault) => `${path}: ${fault}`)))
  ).flat()
}

describe('the markup of a site', () => {
  it('is valid HTML on every page, and every link leads somewhere', async () => {
    const texts = siteTexts(await renderSite(sampleSite({ redirects: { old: 'architecture' } })))
    const { checked, broken } = checkLinks(texts)
    expect(broken).toEqual([])
    expect(checked).toBeGreaterThan(100)
    expect(await faultsOf(texts)).toEqual([])
    const pages = [...texts].filter(([path]) => path.endsWith('.html'))
    expect(
      pages.filter(
        ([, text]) => !/http-equiv="Content-Security-Policy" content="default-src (?:'|&#39;)none/.test(text),
      ),
    ).toEqual([])
  })

  it('is valid HTML also where hostile text is shown in every place', async () => {
    for (const vectors of [VECTORS.join(' '), VECTORS.join('\n\n')]) {
      const texts = siteTexts(await renderSite(hostileSite(vectors)))
      expect(await faultsOf(texts)).toEqual([])
      // The Markdown for programs holds the hostile links as they were written.
      expect(checkLinks(texts).broken.filter((place) => !/^[^:]*\.(?:md|txt): /.test(place))).toEqual([])
    }
  })

  it('would be found wanting', async () => {
    const faults = await markupFaults(
      '<!doctype html><html lang="en"><title>x</title><p id="a"><div id="a">&nosuch;</p><img>',
    )
    expect(faults.join('\n')).toMatch(/parser: .*no-dup-id/s)
    const texts = new Map([
      ['index.html', '<a href="a.html#there">x</a><a href="b.html">y</a><a href="a.html#not">z</a>'],
      ['a.html', '<p id="there">'],
    ])
    expect(checkLinks(texts)).toEqual({ checked: 3, broken: ['index.html: b.html', 'index.html: a.html#not'] })
  })
})
