import { createContext, runInContext } from 'node:vm'
import { expect, it } from 'vitest'
import { cite } from '#lib/domain/citations.ts'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

interface Receipt {
  path: string
  commit: string
  forge: string | null
  total: number
  parts: [number, string[]][]
}

/** What a script of the site hands over when it runs. */
function handedOver(files: SiteFiles, path: string): unknown[] {
  const calls: unknown[][] = []
  const take = (...given: unknown[]) => calls.push(given)
  runInContext(String(contentOf(files.get(path) ?? '')), createContext({ docsfyReceipt: take, docsfySignatures: take }))
  expect(calls).toHaveLength(1)
  return calls[0] ?? []
}

/** The sample with one page that cites ranges of one file. */
function citing(text: string, ranges: [number, number][]) {
  const base = sampleSite()
  const markdown = `# One\n\n${ranges.map(([start, end]) => cite({ path: 'a.ts', start, end })).join(' ')}\n`
  const pages = base.pages.slice(0, 1).map((page) => ({ ...page, markdown }))
  return renderSite(sampleSite({ pages, checks: [], sources: new Map([['a.ts', text]]) }))
}

it('hands over the cited lines once each, cut where a citation is long', async () => {
  const text = Array.from({ length: 100 }, (_, n) => `const line${n + 1} = ${n + 1}`).join('\n')
  const ranges: [number, number][] = [
    [5, 7],
    [6, 9],
    [40, 90],
    [7, 7],
    [99, 120],
  ]
  const [file, receipt] = handedOver(await citing(text, ranges), 'receipts/a.ts.html.js') as [string, Receipt]
  expect(file).toBe('source/a.ts.html')
  expect(receipt).toMatchObject({ path: 'a.ts', commit: '3ef35b2', total: 100 })
  expect(receipt.parts.map(([start, lines]) => [start, lines.length])).toEqual([
    [5, 5],
    [40, 24],
    [99, 2],
  ])
  expect(receipt.parts[0]?.[1][0]).toMatch(/line5\b/)
})

it('keeps the text of a file text, whatever it says', async () => {
  const text = '// </script><img src=x onerror=alert(1)> \u2028 `alert(1)` "\\'
  const [, receipt] = handedOver(await citing(text, [[1, 1]]), 'receipts/a.ts.html.js') as [string, Receipt]
  const [markup = ''] = receipt.parts[0]?.[1] ?? []
  expect(markup.replace(/<\/?i(?: class="[a-z]")?>/g, '')).not.toMatch(/[<>]/)
  expect(markup).toContain('onerror=alert(1)')
})

it('hands over the signature and the gist of each name of a reference', async () => {
  const [file, entries] = handedOver(await renderSite(sampleSite()), 'signatures/server-reference.js')
  expect(file).toBe('server-reference')
  expect(entries).toHaveProperty(['createserver', 1], 'Starts listening and resolves when the port is open.')
  expect(entries).toHaveProperty(['storeread', 0], expect.stringContaining('read'))
})
