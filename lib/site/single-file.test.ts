import { describe, expect, it } from 'vitest'
import { contentOf, type SiteInput } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { singleFile } from '#lib/site/single-file.ts'
import { hostileSite, VECTORS } from '#lib/testing/hostile-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { checkLinks, markupFaults } from '#lib/testing/site-faults.ts'

async function exported(input: SiteInput): Promise<string> {
  const files = await renderSite(input)
  return singleFile(async (path) => {
    const file = files.get(path)
    return file === undefined ? null : Buffer.from(contentOf(file))
  })
}

describe('a site as one file', () => {
  it('holds every page, picture and cited line, and needs no other file', async () => {
    const text = await exported(sampleSite())
    for (const place of ['id="index"', 'id="getting-started"', 'id="server-reference.createserver"'])
      expect(text).toContain(place)
    expect(text).toContain('href="#server-reference.createserver"')
    expect(text).toContain('href="#source%2Fsrc%2Fserver%2Fcreate-server.ts.L8"')
    expect(text).toMatch(/id="source\/src\/server\/create-server\.ts\.L8" class="line" data-line="8">.*createServer/)
    expect(text.match(/src="data:image\/svg\+xml;base64,/g)).toHaveLength(4)
    expect(text).not.toMatch(/<script|<link|src="(?!data:)/)
    expect(text).toContain('<dt>Written by</dt>')
    // In a site, a script puts these there.
    expect(text).toContain(
      'class="permalink" href="#server-reference.createserver" aria-labelledby="server-reference.createserver">#</a>',
    )
    expect(text).not.toContain('<dt>This page</dt>')
    expect(checkLinks(new Map([['all.html', text]])).broken).toEqual([])
    expect(await markupFaults(text)).toEqual([])
  })

  it('keeps hostile text text', async () => {
    for (const vectors of [VECTORS.join(' '), VECTORS.join('\n\n')]) {
      const text = await exported(hostileSite(vectors))
      expect(text).not.toMatch(
        /<(?:script|iframe|object|embed|base|form|math|input)[\s>]|<[a-z]+ [^>"]*(?:"[^"]*"[^>"]*)*\son[a-z]+=/i,
      )
      expect(await markupFaults(text)).toEqual([])
      expect(checkLinks(new Map([['all.html', text]])).broken).toEqual([])
    }
  })

  it('says what to do with a site that does not list its pages', async () => {
    await expect(singleFile(async () => null)).rejects.toThrow('generate it again')
  })
})
