import { describe, expect, it } from 'vitest'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { inlineScript } from '#lib/site/site-assets.ts'
import { hostileSite, VECTORS } from '#lib/testing/hostile-site.ts'

/** Tags of a document as an HTML tokenizer sees them: everything ours is written in plain double-quoted form. */
function dangers(markup: string): string[] {
  const found: string[] = []
  for (const [tag, name = ''] of markup.matchAll(/<\/?([a-zA-Z!?][^\s/>]*)((?:"[^"]*"|[^>"])*)>/g)) {
    const bare = tag.replace(/"[^"]*"/g, '""')
    if (
      name === 'script' &&
      !/^<script src="(?:\.\.\/)*assets\/(?:theme|site|tabs|line-range)\.js\?v=[0-9a-f]{8}"(?: defer)?>$/.test(tag)
    )
      found.push(tag)
    if (/^(?:iframe|object|embed|base|form|style|foreignObject|math|input|textarea)$/i.test(name)) found.push(tag)
    if (/^<meta[^>]*http-equiv="refresh"(?! content="0; url=[a-z0-9-]+\.html">$)/i.test(tag)) found.push(tag)
    if (/\s(?:on[a-z]+|style|srcdoc|formaction)\s*=/i.test(bare) || bare.includes("'")) found.push(tag)
    for (const [, url = ''] of tag.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (!/^(?:#|https:\/\/|http:\/\/|mailto:|(?:\.\.\/)*[A-Za-z0-9._~%@+=,-][^:]*$)/.test(url)) found.push(tag)
    }
    if (name === 'img' && !/ src="assets\/diagram-[0-9a-f]{12}-(?:light|dark)\.svg"/.test(tag)) found.push(tag)
  }
  return found.filter((tag) => tag !== '</script>')
}

describe('a site of hostile text', () => {
  it.each(VECTORS)('stays text at every place it enters: %j', async (vector) => {
    const files = await renderSite(hostileSite(vector))
    const finder = `<script>${inlineScript()}</script>`
    for (const [path, file] of files) {
      const content = String(contentOf(file)).replace(path === '404.html' ? finder : '', '')
      if (path.endsWith('.html')) expect(dangers(content), path).toEqual([])
      if (path.includes('diagram'))
        expect(content).not.toMatch(/<script|<foreignObject|<a |<[^>]*\son[a-z]+=|url\((?!#)|style=/i)
      if (path.includes('diagram')) expect(content.match(/<svg/g)).toHaveLength(1)
    }
  })

  it('is under the policy of the page wherever that is read: it stands before all text', async () => {
    const pages = [...(await renderSite(hostileSite('<b>')))].filter(([path]) => path.endsWith('.html'))
    const policy =
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src /
    const without = pages.filter(([, file]) => !policy.test(String(contentOf(file))))
    expect(without.map(([path]) => path)).toEqual([])
  })

  it('is recognised as dangerous by the check of this test when it is not escaped', () => {
    expect(VECTORS.filter((vector) => dangers(vector).length).length).toBeGreaterThan(20)
  })
})
