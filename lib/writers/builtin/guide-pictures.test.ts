import { expect, it } from 'vitest'
import type { Plan } from '#lib/domain/plan.ts'
import { linksFrom } from './document-links.ts'
import { quoteMarkdown } from './quote-markdown.ts'
import { quotedBody } from './quoted-text.ts'
import { rstToMarkdown } from './rst.ts'

const FILES = new Set([
  'docs/img/board.png',
  'docs/guide/near.gif',
  'docs/public/logo.webp',
  'docs/a b.jpg',
  'docs/x.svg',
])
const PLAN: Plan = { project_name: 'walk', tagline: '', repo_type: 'app', navigation: [] }
const hasPath = (path: string) => FILES.has(path)
const context = { hasPath, language: '', ...linksFrom('docs/guide/start.md', { plan: PLAN, hasPath }) }
const quoted = (text: string) => quoteMarkdown(text, context)

it.each([
  ['![The board](../img/board.png)', '![The board](docs/img/board.png)'],
  ['![](near.gif "Near")', '![](docs/guide/near.gif)'],
  ['![Logo](/logo.webp)', '![Logo](docs/public/logo.webp)'],
  ['[![Two words](<../a b.jpg>)](https://example.org)', '![Two words](docs/a%20b.jpg)'],
  ['![A](../img/board.png)\n![B](./near.gif?raw=true)', '![A](docs/img/board.png)\n\n![B](docs/guide/near.gif)'],
  [
    '<p align="center">\n  <img src="../img/board.png" alt="The board" width="300">\n</p>',
    '![The board](docs/img/board.png)',
  ],
  ['![A [link](javascript:x)](near.gif)', '![A \\[link\\]\\(javascript:x)](docs/guide/near.gif)'],
])('keeps a picture of the repository that stands alone: %j', (text, markdown) => {
  expect(quoted(text)).toBe(markdown)
})

it.each([
  'Words and ![The board](../img/board.png)',
  '![Gone](../img/gone.png)',
  '![Outside](../../../../etc/passwd.png)',
  '![Vector](../x.svg)',
  '![Far](https://example.org/img/board.png)',
  '![Badge](//example.org/board.png)',
  '| a |\n|---|\n| ![The board](../img/board.png) |',
])('drops every other image: %j', (text) => {
  expect(quoted(text)).not.toContain('![')
})

it('tells below a picture where it stands in the document', () => {
  const part = { markdown: '![B](docs/img/board.png)', citation: { path: 'docs/start.md', start: 3, end: 3 } }
  expect(quotedBody({ parts: [part] })).toBe(
    '![B](docs/img/board.png)\n\nSource: [docs/start.md:3](source:docs/start.md#L3)',
  )
})

it('knows the pictures of reStructuredText', () => {
  const text =
    'Before.\n\n.. figure:: ../img/board.png\n   :width: 300\n   :alt: The [board]\n\n   A caption.\n\nAfter.'
  expect(quoted(rstToMarkdown(text))).toBe('Before.\n\n![The \\[board\\]](docs/img/board.png)\n\nAfter.')
})
