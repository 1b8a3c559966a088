import hljs from 'highlight.js/lib/core'
import { expect, it } from 'vitest'
import { LANGUAGES, languageOf, markCode } from '#lib/site/code-languages.ts'

const names = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]

/** With every grammar from the beginning, in the order of the list. */
const whole = hljs.newInstance()
for (const name of names) whole.registerLanguage(name, (await import(`highlight.js/lib/languages/${name}`)).default)

/** In an order in which the grammar of what stands inside another is not there yet. */
const SAMPLES = [
  ['yaml', 'a: <%= [1, "x"].map { |y| y } %>\nb: 2\n'],
  ['shell', '$ echo "$HOME" | grep -v x\n'],
  ['dockerfile', 'FROM node:24\nRUN if [ -f x ]; then echo "y"; fi\n'],
  ['markdown', '# T\n\n<b class="x">y</b> `z`\n'],
  ['typescript', 'const a = html`<p class="b">c</p>`, d = css`e { color: red }`, f = gql`query { g(h: 1) }`\n'],
  ['javascript', 'const a = <div className="b">{c}</div>\n'],
  ['xml', '<style>a { color: red }</style><script>const b = 1 // c</script>'],
  ['http', 'POST /a HTTP/1.1\nContent-Type: application/json\n\n{"a": [1, null], "b": "c"}\n'],
  ['http', 'GET / HTTP/1.1\n\n<!doctype html><p class="a">b</p>\n'],
] as const

it('knows every name that the grammars go by', () => {
  const aliases = names.flatMap((name) => (whole.getLanguage(name)?.aliases ?? []).map((alias) => [alias, name]))
  expect(aliases.filter(([alias = '', name]) => languageOf(alias) !== name)).toEqual([])
  expect(Object.values(LANGUAGES).flat().sort()).toEqual(aliases.map(([alias]) => alias).sort())
  expect(['constructor', '', 'brainfuck'].map(languageOf)).toEqual([null, null, null])
})

it.each(SAMPLES)('marks %s as if all grammars had been there, whatever was marked before', (language, code) => {
  const markup = markCode(code, language)
  expect(markup).toBe(whole.highlight(code, { language, ignoreIllegals: true }).value)
  expect(markup).toContain('<span class="hljs-')
})
