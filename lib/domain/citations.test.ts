import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { cite, parseCitation } from '#lib/domain/citations.ts'

describe('cite', () => {
  it.each(['lib/a.ts', 'app/[id]/(group)/page.tsx', 'with space & ü.md', 'a#b?.ts', '`x`_*[y]*.py', '__proto__'])(
    'survives Markdown and parses back for %j',
    (path) => {
      const range = { path, start: 3, end: 9 }
      const html = marked.parseInline(cite(range), { async: false })
      const href = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
      expect(parseCitation(href)).toEqual(range)
    },
  )

  it('writes one line without a dash', () => {
    expect(cite({ path: 'a.ts', start: 4, end: 4 })).toBe('[a.ts:4](source:a.ts#L4)')
  })
})
