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

it('knows what a Vue component takes, however it says so, and what it is for', async () => {
  const takes = async (lines: string[], path = 'a/B.vue') => (await parse(lines, path)).symbols[0]
  const typed = await takes([
    '<!--',
    'Shows a way.',
    '-->',
    '<script setup lang="ts">',
    'interface Props {',
    '  /** How far. */',
    '  far: number',
    "  wide?: 'a' | 'b'",
    '}',
    "const { far, wide = 'a' } = defineProps<Props>()",
    '</script>',
  ])
  expect(typed?.doc?.summary).toBe('Shows a way.')
  expect(typed?.params).toEqual([
    { name: 'far', type: 'number', default: null, optional: false, doc: 'How far.' },
    { name: 'wide', type: "'a' | 'b'", default: "'a'", optional: true, doc: null },
  ])
  const defaulted = await takes([
    '<script setup lang="ts">',
    'const props = withDefaults(defineProps<{ a?: string[]; b: Other }>(), { a: () => [] })',
    '</script>',
  ])
  expect(defaulted?.params.map((one) => [one.name, one.type, one.default])).toEqual([
    ['a', 'string[]', '() => []'],
    ['b', 'Other', null],
  ])
  const options = await takes([
    '<script>',
    'export default {',
    '  props: {',
    '    /** The name. */',
    '    name: { type: String, required: true },',
    '    many: [String, Number],',
    '  },',
    '  data() { return { props: { none: 1 } } },',
    '}',
    '</script>',
  ])
  expect(options?.params.map((one) => [one.name, one.type, one.optional, one.doc])).toEqual([
    ['name', 'String', false, 'The name.'],
    ['many', 'String | Number', true, null],
  ])
  expect((await takes(['<script>', 'const x = other({ props: { a: 1 } })', '</script>']))?.params).toEqual([])
})

it('knows what a Svelte component takes; names in defaults are none of its variables', async () => {
  const { symbols } = await parse(
    [
      '<!-- @component',
      '  Leads home.',
      '-->',
      '<script lang="ts">',
      '  const uid = $props.id();',
      '  let {',
      '    id = makeId(uid),',
      '    ref = $bindable(null),',
      '    min: least,',
      '    ...rest',
      '  }: WayProps & { id: string } = $props();',
      '</script>',
    ],
    'a/Way.svelte',
  )
  expect(symbols[0]?.params.map((one) => [one.name, one.type, one.default, one.optional])).toEqual([
    ['id', 'string', 'makeId(uid)', true],
    ['ref', null, 'null', true],
    ['min', null, null, false],
  ])
  expect(symbols[0]?.doc?.summary).toBe('Leads home.')
  expect(symbols.slice(1).map(({ qualified }) => qualified)).toEqual(['uid', 'id', 'ref', 'least', 'rest'])
  const old = await parse(['<script>', '  export let title = 1', '  export const MAX = 2', '</script>'], 'a/Old.svelte')
  expect(old.symbols[0]?.params.map((one) => [one.name, one.default])).toEqual([['title', '1']])
})
