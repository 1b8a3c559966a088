import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScorer, type Scorer } from '#lib/testing/score-pages.ts'

const FILES = {
  'package.json': '{"name":"sample","scripts":{"dev":"node ."},"bin":{"sample":"lib/cli.ts"}}',
  'lib/cli.ts':
    "import { Command } from 'commander'\nimport { openDoor } from './door.ts'\nnew Command().option('--wide <n>', 'how wide')\nconsole.log(process.env.DOOR_COLOUR, openDoor())\n",
  'lib/door.ts':
    'export class Door {\n  paint(): void {}\n  private dry(): void {}\n}\nexport function openDoor() {}\nfunction hidden() {}\n',
  'lib/door.test.ts': "import { openDoor } from './door.ts'\nexport const inTest = openDoor\n",
}
const WORDS = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ')

let scorer: Scorer
beforeAll(async () => {
  scorer = await createScorer(FILES)
})
afterAll(() => scorer.remove())

it('counts public symbols of source files named as code, and the most used ones named in prose', async () => {
  const reference = await scorer.measure('symbols_reference', { 'p.md': '# P\n\n`Door` and openDoor.' })
  expect(reference.misses).toEqual([
    'null:0 method Door.paint → declared at lib/door.ts:2, named nowhere',
    'null:0 function openDoor → declared at lib/door.ts:5, named nowhere',
  ])
  const prose = await scorer.measure('symbols_prose', {
    'p.md': '# `Door`\n\nopenDoor opens.\n\n| a |\n|---|\n| Door |\n',
  })
  expect(prose.misses).toEqual(['null:0 class Door → declared at lib/door.ts:1, named nowhere'])
})

it('counts a setter of Ruby where it is named with its sign, not where only its getter is', async () => {
  const ruby = await createScorer({
    'lib/door.rb': 'class Door\n  def width\n  end\n\n  def width=(value)\n  end\nend\n',
  })
  const misses = async (text: string) => (await ruby.measure('symbols_reference', { 'p.md': text })).misses
  expect(await misses('# `Door`\n\n## `Door#width`\n\n## `Door#width=`\n')).toEqual([])
  expect(await misses('# `Door`\n\n## `Door#width`\n')).toHaveLength(1)
  await ruby.remove()
})

it('counts source files that are cited, linked or named', async () => {
  expect((await scorer.measure('files', { 'p.md': '# P\n\nSee `lib/door.ts`.' })).misses).toEqual([
    'null:0 lib/cli.ts → a source file that no page leads to',
  ])
  const cited = { 'p.md': '# P\n\n`lib/door.ts` [x](source:lib/cli.ts#L1)' }
  expect(await scorer.measure('files', cited)).toMatchObject({ value: 1 })
})

it('counts flags, variables and scripts by their whole names', async () => {
  const missed = await scorer.measure('interfaces', { 'p.md': '# P\n\n`--wider` `DOOR_COLOURS` and `npm run devel`' })
  expect(missed).toMatchObject({ checked: 3, value: 0 })
  const named = { 'p.md': '# P\n\n`--wide <n>`, `DOOR_COLOUR`, `npm run dev`.' }
  expect((await scorer.measure('interfaces', named)).misses).toEqual([])
})

it('follows internal links and anchors by the habits of the site generators', async () => {
  const pages = {
    'index.md':
      '# Home\n\n[a](guide/intro.md) [b](/guide/intro) [c](guide/) [d](#home) [e](guide/intro#a--b) [f](x.png)',
    'guide/intro.md':
      '# Intro\n\n## A & B\n\n<a id="own"></a>\n\n[up](../index.md) [own](#own) [out](../../lib/door.ts)',
    'guide/index.md': '# Guide\n\n[web](https://example.test/#no)',
    'x.png': '',
  }
  expect(await scorer.measure('links', pages)).toMatchObject({ checked: 9, misses: [] })
  const broken = { ...pages, 'guide/index.md': '# Guide\n\n[a](intro.md#a-c) [b](gone.md)\n[c](../../lib/gone.ts)' }
  expect((await scorer.measure('links', broken)).misses).toEqual([
    'guide/index.md:3 intro.md#a-c → guide/intro.md has no heading or id "#a-c"',
    'guide/index.md:3 gone.md → no such page or file in the documentation',
    'guide/index.md:4 ../../lib/gone.ts → leads out of the documentation, to nothing in the repository',
  ])
})

it('finds pages that no chain of links reaches, when there is a start page', async () => {
  const pages = {
    'index.md': '# H\n\n[a](a.md)',
    'a.md': '# A\n\n[b](b.md)',
    'b.md': '# B',
    'c.md': '# C\n\n[a](a.md)',
  }
  expect((await scorer.measure('orphans', pages)).misses).toEqual([
    'c.md:0 is a page → no link leads here from index.md',
  ])
  expect(await scorer.measure('orphans', { 'a.md': '# A', 'b.md': '# B' })).toMatchObject({ value: null, ok: true })
})

it('counts runs of eight words on two pages; code is one word and a citation ends a run', async () => {
  const seven = 'one two three four five six seven'
  const cited = `${seven} [lib/door.ts:1](source:lib/door.ts#L1) eight`
  const apart = { 'a.md': `${seven} eight`, 'b.md': cited, 'c.md': `${seven} \`eight nine ten\`` }
  expect(await scorer.measure('repetition', apart)).toMatchObject({ checked: 2, value: 0 })
  const same = { 'a.md': `${seven} eight nine`, 'b.md': `${seven} eight ten`, 'c.md': `# ${seven} eight` }
  expect(await scorer.measure('repetition', same)).toMatchObject({ checked: 4, value: 0.5, ok: false })
})

it('finds thin pages outside reference', async () => {
  const thin = await scorer.measure('thin_pages', {
    'long.md': `# Long\n\n${WORDS}`,
    'short.md': '# Short\n\nNothing much.',
    'door.md': '# lib/door.ts\n\n## `Door`\n\n## `openDoor`\n',
    'typed.md': '---\ntype: reference\n---\n# Typed\n\nShort too.',
  })
  expect(thin.misses).toEqual(['short.md:0 is a page → 3 words'])
})

it('finds the talk of a model and secrets, not code that shows such tags nor commits nor placeholders', async () => {
  const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2)}`
  const clean = `# P\n\nThe tag \`<think>\` is removed. Commit ${'0a1b2c3d'.repeat(5)}. \`API_KEY=your-api-key-goes-right-here\` \`ADMIN_PASSWORD=set-a-long-phrase-of-at-least-16\`\n`
  expect(await scorer.measure('leakage', { 'p.md': clean })).toMatchObject({ value: 0, ok: true })
  const leaking = await scorer.measure('leakage', {
    'a.md': '# A\n\nAs an AI language model, I wrote this.',
    'b.md': `# B\n\n\`\`\`sh\nexport TOKEN=${token}\n\`\`\`\n`,
    'c.md': '# C\n\n`secret_key = "q8Zr2Lx0Vt5Kp9Wm3Nc7Hd1Fb6Js4Gy"`',
  })
  expect(leaking.misses).toEqual([
    'a.md:3 As an AI language model → the talk of a model',
    'b.md:4 ghp_a1… (44 characters) → looks like a GitHub token',
    'c.md:3 q8Zr2L… (31 characters) → a value as random as a secret',
  ])
})

it('ranks names of C by the files that include theirs and have them, and takes a page that only leads on for none', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `way_${at}`)
  const c = await createScorer({
    'way.h': names.map((name) => `int ${name}(void);`).join('\n'),
    'a.c': '#include "way.h"\nint a(void) { return way_11(); }\n',
    'b.c': '#include "way.h"\nint b(void) { return way_11() + way_10(); }\n',
  })
  try {
    const told = names.filter((name) => name !== 'way_11').join(' ')
    const redirect = '<!doctype html><meta http-equiv="refresh" content="0; url=p.html"><a href="p.html">P</a>'
    const pages = { 'index.md': `# Start\n\n${told} ${WORDS} [old](old.html)`, 'old.html': redirect }
    const prose = await c.measure('symbols_prose', pages)
    expect(prose.misses).toContainEqual(expect.stringContaining('function way_11'))
    expect((await c.measure('thin_pages', pages)).value).toBe(0)
    expect((await c.measure('links', pages)).misses).toEqual([])
  } finally {
    await c.remove()
  }
})

it("accepts the ids that other site generators give headings, and only GitHub's where the site lies beside", async () => {
  const text =
    '# Home\n\n## Shared Getters (Vue 2)\n\n[a](#shared-getters-vue-2) [b](#Shared-Getters-Vue-2-) [c](#sharedgetters)'
  expect((await scorer.measure('links', { 'index.md': text })).misses).toEqual([
    'index.md:5 #sharedgetters → index.md has no heading or id "#sharedgetters"',
  ])
  const built = await scorer.measure('links', { 'index.md': text, 'index.html': '<p>Home</p>' })
  expect(built.misses.map((miss) => miss.split(' ')[1])).toEqual(['#Shared-Getters-Vue-2-', '#sharedgetters'])
})

it('reads the menu of a site from its configuration, and takes a page at its word that none leads to it', async () => {
  const pages = {
    'index.md': '# Home',
    'use.md': '# Use',
    'deep/index.md': '# Deep',
    'lost.md': '# Lost',
    'own.md': '---\norphan: true\n---\n# Own',
    'old.rst': ':orphan:\n\nOld\n===\n',
    '.vitepress/config.ts': "export default { sidebar: [{ link: '/use' }, { link: '/deep/' }] }",
  }
  const { misses } = await scorer.measure('orphans', pages)
  expect(misses).toEqual(['lost.md:0 is a page → no link leads here from index.md'])
})

it('follows no address that a component works out, and finds files a site publishes and menus it keeps elsewhere', async () => {
  const own = await createScorer({
    'site/static/images/a.png': 'x',
    'site/sidebars.json': '{ "docs": ["use"] }',
    'lib/a.ts': 'export const a = 1\n',
  })
  try {
    const pages = {
      'index.md':
        '# Home\n\n![a](/images/a.png) ![b](/images/b.png)\n\n<div><a :href="urlOf(a)">x</a> <a href="gone.md">y</a></div>\n',
      'use.md': '# Use\n',
      'lost.md': '# Lost\n',
    }
    expect((await own.measure('links', pages)).misses).toEqual([
      'index.md:3 /images/b.png → no such page or file in the documentation',
      'index.md:5 gone.md → no such page or file in the documentation',
    ])
    expect((await own.measure('orphans', pages)).misses).toEqual([
      'lost.md:0 is a page → no link leads here from index.md',
    ])
  } finally {
    await own.remove()
  }
})
