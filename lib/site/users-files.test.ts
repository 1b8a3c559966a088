import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { cite } from '#lib/domain/citations.ts'
import type { Facts } from '#lib/domain/facts.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { contentOf } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const FILES = ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts', 'src/e.ts', 'src/f (1).ts']
const FORGE = 'https://example.org/lantern/blob/3ef35b2/'

/** `src/lamp.ts` has `Lamp`, which six files import; `other/lamp.ts` has another one, which nobody does. */
const FACTS = makeFacts({
  files: ['src/lamp.ts', 'other/lamp.ts', ...FILES].map((path) => makeFile(path)),
  symbols: [makeSymbol('other/lamp.ts', 'Lamp'), makeSymbol('src/lamp.ts', 'Lamp')],
  imports: FILES.map((from, index) => ({
    from,
    to: 'src/lamp.ts',
    specifier: './lamp.ts',
    names: ['Lamp'],
    range: range(from, index + 1, index + 2),
  })),
})

const usedAt = (more: string) =>
  `Imported at ${FILES.slice(0, 3)
    .map((path, index) => cite(range(path, index + 1, index + 2)))
    .join(', ')} and ${more}.`

async function usersOn(markdown: string, facts?: Facts) {
  const base = sampleSite()
  const page = { ...(base.pages[0] as WrittenPage), slug: 'lamps', type: 'reference' as const, markdown }
  const sources = new Map(FILES.slice(0, 3).map((path) => [path, 'import { Lamp } from "./lamp.ts"\n'.repeat(9)]))
  const plan = { ...base.plan, navigation: [] }
  const input = { ...base, pages: [page], plan, sources, forgeBase: FORGE }
  const files = await renderSite(facts ? { ...input, facts } : input)
  const script = files.get('users/lamps.js')
  const html = String(contentOf(files.get('lamps.html') ?? ''))
  let users: unknown = null
  runInNewContext(script === undefined ? '' : String(contentOf(script)), {
    docsfyUsers(given: unknown) {
      users = JSON.parse(JSON.stringify(given))
    },
  })
  return { users, html }
}

it('hands out every file that uses a name where the text only counts some of them', async () => {
  const { users, html } = await usersOn(`# Lamps\n\n## \`Lamp\`\n\n${usedAt('3 other files')}\n`, FACTS)
  expect(users).toEqual({
    lamp: [
      ['src/a.ts', 1, 2, 'source/src/a.ts.html#L1-L2'],
      ['src/b.ts', 2, 3, 'source/src/b.ts.html#L2-L3'],
      ['src/c.ts', 3, 4, 'source/src/c.ts.html#L3-L4'],
      ['src/d.ts', 4, 5, `${FORGE}src/d.ts#L4-L5`],
      ['src/e.ts', 5, 6, `${FORGE}src/e.ts#L5-L6`],
      ['src/f (1).ts', 6, 7, `${FORGE}src/f%20%281%29.ts#L6-L7`],
    ],
  })
  expect(html).toContain('and <span class="more-users">3 other files</span>.')
})

it.each([
  ['no other file is counted', usedAt('others'), FACTS],
  ['the list is not as long as the text says', usedAt('7 other files'), FACTS],
  ['nothing is known of the repository', usedAt('3 other files'), undefined],
  [
    'other files are named',
    'Imported at `src/x.ts` and 3 other files.'.replace('`src/x.ts`', cite(range('src/d.ts', 1, 1))),
    FACTS,
  ],
])('hands out nothing where %s', async (_, text, facts) => {
  expect((await usersOn(`# Lamps\n\n## \`Lamp\`\n\n${text}\n`, facts)).users).toBeNull()
})
