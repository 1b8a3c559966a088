import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function parse(lines: string[], path: string) {
  const parsed = await parseFile(lines.join('\n'), path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}

it('reads the script blocks of a Vue component at their own lines, and knows the component by its file', async () => {
  const { symbols, imports, hasErrors } = await parse(
    [
      '<template>',
      '  <div v-if="a > 1">{{ a }}</div>',
      "  <!-- <script>import nope from './nope'</script> -->",
      '</template>',
      '<script lang="ts">',
      '/** Kind of it. */',
      'export interface Kind { a: string }',
      '</script>',
      '<script setup lang="ts" generic="T extends Array<string>">',
      "import Other from './Other.vue'",
      'const a = <number>one()',
      '</script>',
      '<style>a { b: c }</style>',
    ],
    'src/my-card.vue',
  )
  expect(hasErrors).toBe(false)
  expect(
    symbols.map(({ qualified, kind, public: open, range }) => [qualified, kind, open, range.start, range.end]),
  ).toEqual([
    ['MyCard', 'component', true, 1, 13],
    ['Kind', 'interface', true, 7, 7],
    ['Kind.a', 'property', true, 7, 7],
    ['a', 'constant', false, 11, 11],
  ])
  expect(symbols[1]?.doc?.summary).toBe('Kind of it.')
  expect(imports.map(({ specifier, range }) => [specifier, range.start])).toEqual([['./Other.vue', 10]])
})

it('reads Svelte scripts in JavaScript, what they export is public; pages of SvelteKit are no component', async () => {
  const svelte = await parse(
    ['<script>', '  export let title = 1', '  let own', '</script>', '<h1>{title}</h1>'],
    'src/Title.svelte',
  )
  expect(svelte.symbols.map(({ qualified, public: open }) => [qualified, open])).toEqual([
    ['Title', true],
    ['title', true],
    ['own', false],
  ])
  expect((await parse(['<script type="application/json">{"a": 1}</script>'], 'src/+page.svelte')).symbols).toEqual([])
  expect((await parse(['<p>no script</p>'], 'src/Plain.vue')).symbols.map(({ name }) => name)).toEqual(['Plain'])
})

it('changes the hash of a component when its markup changes', async () => {
  const hashOf = async (markup: string) => (await parse([markup, '<script>', '</script>'], 'a/B.vue')).symbols[0]?.hash
  expect(await hashOf('<p>1</p>')).not.toBe(await hashOf('<p>2</p>'))
})
