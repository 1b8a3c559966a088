import { expect, it } from 'vitest'
import { foreignText } from './foreign-text.ts'

const told = (markdown: string, material = '') =>
  foreignText(markdown, material).map(({ line, claim }) => `${line} ${claim}`)

it('finds HTML outside code, block and inline, on its line', () => {
  const page =
    '# D\n\nA <b>door</b> and `<b>`.\n\n```html\n<b>x</b>\n```\n\n<div>\nIt *flies*.\n</div>\n\n- One\n- <i>Two</i>\n'
  expect(told(page)).toEqual(['3 <b>', '3 </b>', '9 <div>', '10 It *flies*.', '11 </div>', '14 <i>', '14 </i>'])
})

it('finds addresses anywhere, in code too', () => {
  const page =
    '# D\n\nSee https://a.dev/x, [there](http://b.dev/y).\n\n```sh\ncurl https://c.dev/z\n```\n\n`https://d.dev`\n'
  expect(told(page)).toEqual(['3 https://a.dev/x', '3 http://b.dev/y', '6 https://c.dev/z', '9 https://d.dev'])
})

it('finds links whose address only a browser reads as one, and mail', () => {
  const page =
    '# D\n\n[a](&#104;ttps://a.dev/x)\n\n- [b](<ht tps://b.dev>) `[c](https:&#47;/c.dev)`\n\n[d](mailto:d@d.dev) [e][f]\n\n[f]: &#x68;ttp://f.dev\n'
  expect(told(page)).toEqual(['3 &#104;ttps://a.dev/x', '5 ht tps://b.dev', '7 mailto:d@d.dev', '7 &#x68;ttp://f.dev'])
  expect(told(page, 'https://a.dev/x https://b.dev <d@d.dev> http://f.dev')).toEqual([])
  expect(told('# D\n\n[x](https://a.dev/w_(x))\n', 'See https://a.dev/w_(x).')).toEqual([])
})

it('lets what was given stand, but no longer address that begins alike', () => {
  const material = '<kbd>x</kbd> https://a.dev.'
  expect(told('# D\n\n<kbd>Y</kbd> https://a.dev https://a.dev/invented\n', material)).toEqual([
    '3 https://a.dev/invented',
  ])
})

it('is found in time that grows with the length', () => {
  expect(told(`# D\n\n${'https://'.repeat(20_000)}\n\n${'< a '.repeat(20_000)}\n`)).toHaveLength(1)
})
