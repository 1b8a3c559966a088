import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as domain from '#lib/domain/anchors.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { KEPT } from '#lib/domain/site.ts'
import { findSections } from '#lib/site/assets/search-engine.js'
import { anchorOf, openIndex } from '#lib/site/assets/search-index.js'
import { SearchIndex } from '#lib/site/search-index.ts'
import type { EarlierSearch } from '#lib/site/search-memory.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { randomNumbers } from '#lib/testing/random-edits.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

type Section = { id: string; heading: string; text: string }
type Page = { title: string; sections: Section[] }

function indexOf(pages: Page[], isKept: boolean[], earlier: EarlierSearch | null) {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const written = pages.map(({ title }, n) => ({ ...sample, slug: `p${n}`, title }))
  const model = siteModel({ ...base, pages: written, plan: { ...base.plan, navigation: [] } }, '')
  const index = new SearchIndex(earlier)
  const early: ReturnType<typeof index.ready> = new Map()
  for (const [n, entry] of model.pages.entries()) {
    index.add({ entry, sections: pages[n]?.sections ?? [], isKept: isKept[n] ?? false })
    // Some pages are read in between, the others at the end.
    if (n % 3 !== 0) index.readNext()
    for (const [path, file] of index.ready()) early.set(path, file)
  }
  const { files, memory } = index.end()
  return { files: new Map([...early, ...files]), memory, early }
}

function filesOf(pages: Page[]): Map<string, string> {
  return whole(indexOf(pages, [], null).files)
}

/** With the files that are kept as the earlier site has them. */
function whole(files: ReturnType<typeof indexOf>['files'], earlier = new Map<string, string>()): Map<string, string> {
  return new Map(Array.from(files, ([path, file]) => [path, file === KEPT ? (earlier.get(path) ?? 'gone') : file]))
}

/** Answers as a browser would, from the files alone. */
async function searching(pages: Page[]) {
  const files = filesOf(pages)
  const asked: string[] = []
  const load = async (name: string) => {
    asked.push(name)
    let content: unknown
    runInNewContext(files.get(`search/${name}.js`) ?? '', {
      docsfySearch: (_: string, given: unknown) => {
        content = given
      },
    })
    return content
  }
  const index = await openIndex(load)
  const find = async (query: string) => {
    const { sections, isPartial } = await findSections(index, query)
    const rows = await Promise.all(sections.map((section: number) => index.rowOf(section)))
    return {
      names: rows.map(({ heading, title }: { heading: string; title: string }) => heading || title),
      isPartial,
      rows,
      sections,
    }
  }
  return { find, asked, files, index }
}

const section = (heading: string, text = ''): Section => ({
  id: heading.toLowerCase().replaceAll(' ', '-'),
  heading,
  text,
})
const page = (title: string, ...sections: Section[]): Page => ({ title, sections: [section('', ''), ...sections] })

const SERVER = page(
  'Server',
  section('createServer', 'Makes a server that listens on a port.'),
  section('Limits', 'The option max_body_size is a number of bytes.'),
  section('Über Größen', 'Naïve façade.'),
)
const GUIDE = page(
  'Getting started',
  section('Installation', 'Run npm install, then call createServer once.'),
  section('検索の使い方', '全文検索'),
)

it.each([
  ['createServer', 'createServer'],
  ['create server', 'createServer'],
  ['create_server', 'createServer'],
  ['serv', 'Server'],
  ['maxBodySize', 'Limits'],
  ['body size', 'Limits'],
  ['naive facade', 'Über Größen'],
  ['uber', 'Über Größen'],
  ['検索', '検索の使い方'],
  ['getting started', 'Getting started'],
  ['npm install', 'Installation'],
])('finds by “%s” the section “%s” first', async (query, wanted) => {
  expect((await (await searching([SERVER, GUIDE])).find(query)).names[0]).toBe(wanted)
})

it.each(['nstallation', 'isntallation', 'instalation', 'installatiom', 'xinstallation', 'createsrever'])(
  'forgives the mistake in “%s”, wherever it is',
  async (query) => {
    const { names } = await (await searching([SERVER, GUIDE])).find(query)
    expect(names[0]).toBe(query.startsWith('c') ? 'createServer' : 'Installation')
  },
)

it('ranks titles over headings, headings over names, names over text', async () => {
  const { find } = await searching([
    page('One', section('Other', 'The retryPolicy of a retry.')),
    page('Two', section('More', 'Somebody wrote about retry, and more words follow here.')),
    page('Three', section('Retry', 'Nothing.')),
    page('Retry'),
  ])
  expect((await find('retry')).names.slice(0, 2)).toEqual(['Retry', 'Retry'])
  expect((await find('retry')).rows[0]).toMatchObject({ title: 'Retry', heading: '' })
  expect((await find('retryPolicy')).names[0]).toBe('Other')
})

it('puts a name before the names it is a part of, and before headings that say more', async () => {
  const { find } = await searching([
    page('Paging', section('echo_via_pager', 'Shows a text by pages: `echo_via_pager`, and echo, and echo again.')),
    page('Tips', section('Echo twice', 'To echo is to say it, to echo twice is to say it again.')),
    page('Printing', section('echo', 'Prints.')),
  ])
  expect((await find('echo')).names[0]).toBe('echo')
  expect((await find('echo_via_pager')).names[0]).toBe('echo_via_pager')
  expect((await find('pager')).names[0]).toBe('echo_via_pager')
})

it('says when no section has all of the words', async () => {
  const { find } = await searching([SERVER, GUIDE])
  expect(await find('installation bytes')).toMatchObject({ isPartial: true })
  expect(await find('listens port')).toMatchObject({ isPartial: false, names: ['createServer'] })
  expect((await find('zzzzzz')).names).toEqual([])
})

it.each(['__proto__', 'constructor', 'toString'])('takes %s for a word like any other', async (word) => {
  const { find } = await searching([page('A', section('Deep', `Set ${word} here.`)), SERVER])
  expect((await find(word)).names).toEqual(['Deep'])
  expect((await (await searching([SERVER])).find(word)).names).toEqual([])
})

it('loads of a large index only what a query needs, and of a small edit changes few files', async () => {
  const words = (n: number) =>
    Array.from({ length: 40 }, (_, k) => ((n * 7919 + k * 104729) % 300_007).toString(36).replace(/\d/g, 'q'))
  const many = Array.from({ length: 400 }, (_, n) =>
    page(`Page ${n}`, section(`Part ${n}`, words(n).join(' ')), section('Notes', words(n + 999).join(' '))),
  )
  const { find, asked, files, index } = await searching(many)
  const sought = words(123)[5] ?? ''
  const { sections } = await find(sought)
  expect(await index.textOf(sections[0] as number)).toContain(sought)
  expect(files.size).toBeGreaterThan(40)
  expect(new Set(asked).size).toBeLessThan(12)
  // Every digit became a q: words that begin with it fill several files, of which the letter alone needs the first.
  expect([await index.termsFrom('q'), await index.termsFrom('qq')].map(({ length }) => length)).toEqual([1, 2])
  const edited = many.with(
    200,
    page('Page 200', section('Part 200', `${words(200).join(' ')} addendum`), section('Notes', words(1199).join(' '))),
  )
  const after = filesOf(edited)
  const changed = [...after].filter(([path, content]) => files.get(path) !== content)
  expect(changed.length).toBeLessThanOrEqual(10)
})

it('is the same whether every page is read or only those that changed', () => {
  const random = randomNumbers(5)
  const words = ['server', 'Server', 'readFile', 'max_body_size', 'größe', '検索する', 'constructor', 'port', 'limit']
  const text = (most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => words[Math.floor(random() * words.length)]).join(' ')
  const draft = () =>
    page(`Page ${text(3)}`, ...Array.from({ length: Math.floor(random() * 6) }, () => section(text(3), text(40))))
  // More than are kept of a common word, so that its lists come back from where the files do not have them.
  let pages = Array.from({ length: 150 }, draft)
  let { memory, files } = { ...indexOf(pages, [], null), files: filesOf(pages) }
  let kept = 0
  for (let round = 0; round < 12; round += 1) {
    const before = pages
    pages = pages.map((old) => (random() < 0.02 ? draft() : old)).slice(random() < 0.2 ? 1 : 0)
    if (random() < 0.3) pages.push(draft())
    const isKept = pages.map((one, n) => before[n] === one)
    const sectionsOf = (slug: string) => before[Number(slug.slice(1))]?.sections ?? []
    const updated = indexOf(pages, isKept, { memory, sectionsOf })
    const anew = indexOf(pages, [], null)
    const now = whole(updated.files, files)
    expect({ memory: updated.memory, files: now }, `round ${round}`).toEqual({ memory: anew.memory, files: anew.files })
    // Of a new index, what holds the texts of the pages before the last is there before the end.
    expect([anew.early.size > 10, updated.early.size], `round ${round}`).toEqual([true, 0])
    kept += [...updated.files.values()].filter((file) => file === KEPT).length
    memory = updated.memory
    files = now
  }
  expect(kept).toBeGreaterThan(50)
})

it('makes in the browser the same ids of headings as everywhere else', () => {
  const odd = [
    '',
    ' ',
    '#',
    'C++',
    'a b\tc',
    'İstanbul',
    'ſtraße',
    'e\u0301 é',
    '\u00a0x\u2003',
    '--',
    'A_b-C',
    '検索 の',
    '👩‍💻 x',
    '\ud800x',
  ]
  const isSame = (text: string) => anchorOf(text) === domain.anchorOf(text)
  expect(odd.filter((text) => !isSame(text))).toEqual([])
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isSame), { seed: 8, numRuns: 2000 })
})
