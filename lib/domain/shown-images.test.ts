import { expect, it } from 'vitest'
import { imagePath, replaceImages, shownImages } from '#lib/domain/shown-images.ts'

it('finds the files that images name, from the root of the repository', () => {
  const markdown = [
    '![a](docs/a.png) ![b](./b.gif "B") ![c [d\\]](/img/c%20d.webp)',
    '[![in a link](docs/e.jpg)](https://example.org) ![f](<docs/f g.avif>)',
    '![x](https://example.org/x.png) ![y](../y.png) ![z](docs/../z.png) ![w](data:image/png;base64,AA) ![v](//host/v.png)',
    '![no\nline](docs/n.png) [u](docs/u.png)',
  ].join('\n')
  expect([...shownImages(markdown)]).toEqual(['docs/a.png', 'b.gif', 'img/c d.webp', 'docs/e.jpg', 'docs/f g.avif'])
})

it.each(['', '.', '..', 'a/..', 'a//b.png', 'javascript:alert(1)', 'a\\b.png', '%2e%2e/a.png', '#a'])(
  'knows that %j names no file',
  (href) => {
    expect(imagePath(href)).toBeNull()
  },
)

it('leads images elsewhere and leaves the rest of the text', () => {
  const text = '![a](docs/a.png "T") [a](docs/a.png) ![b](<docs/b c.png>) ![d](docs/d.png)'
  expect(replaceImages(text, (path) => (path.startsWith('docs/d') ? null : `at/${path.length}`))).toBe(
    '![a](at/10 "T") [a](docs/a.png) ![b](at/12) ![d](docs/d.png)',
  )
})
