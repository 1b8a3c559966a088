import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countPages, readPage, removePagesExcept, writePage } from '#lib/variant-folder.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'docsfy-variant-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true })
})

function page(slug: string, markdown: string) {
  const provenance = { provider: 'builtin', model: 'static', runId: 'r', commit: 'c' }
  const places = [{ path: 'a.ts', start: 1, end: 2 }]
  const facts = () => [{ fact: 'a.ts#a', sides: { summary: '0123abcd' } }]
  return { slug, markdown, writer: 'w 1', fingerprint: 'f', places, facts, own: { 'source:b.ts#L1': 'h' }, provenance }
}

describe('the page cache', () => {
  it('gives back a page with who wrote it', async () => {
    await writePage(dir, page('a', '# A\n'))
    const stored = readPage(dir, 'a')
    const { facts, ...expected } = page('a', '# A\n')
    expect(stored).toMatchObject(expected)
    expect(stored?.facts()).toEqual(facts())
  })

  it('gives back a page whose note still holds its facts itself', async () => {
    await writePage(dir, page('a', '# A\n'))
    const file = join(dir, 'pages', 'a.json')
    const { facts, ...note } = JSON.parse(await readFile(file, 'utf8'))
    expect(facts).toEqual(page('a', '').facts())
    await writeFile(file, `${JSON.stringify({ ...note, facts: JSON.stringify(facts) })}\n`)
    const stored = readPage(dir, 'a')
    expect(stored?.facts()).toEqual(page('a', '').facts())
    expect(stored?.places).toEqual(page('a', '').places)
  })

  it('does not vouch for text its note does not belong to', async () => {
    await writePage(dir, page('a', '# A\n'))
    await writeFile(join(dir, 'pages', 'a.md'), '# Torn')
    expect(readPage(dir, 'a')).toBeNull()
  })

  it('counts only finished Markdown files', async () => {
    expect(await countPages(dir)).toBe(0)
    await writePage(dir, page('a', '# A\n'))
    await writeFile(join(dir, 'pages', '.tmp-b.md-1'), '')
    await writeFile(join(dir, 'pages', '.tmp-b.md'), '')
    expect(await countPages(dir)).toBe(1)
  })

  it('removes pages of an earlier plan and unfinished files', async () => {
    await writePage(dir, page('a', '# A\n'))
    await writePage(dir, page('b', '# B\n'))
    await writeFile(join(dir, 'pages', '.tmp-c'), '')
    await removePagesExcept(dir, new Set(['a']))
    expect((await readdir(join(dir, 'pages'))).sort()).toEqual(['a.json', 'a.md'])
  })
})
