import { expect, it } from 'vitest'
import { documentOf } from './documents.ts'

it('keeps the indentation a section begins with, and says on which line its text begins', () => {
  const { sections } = documentOf('# Walk\n\n  * one\n  * two\n\n## Use\n\nGo.\n', 'README.md')
  expect(sections).toMatchObject([
    { heading: 'Walk', text: '  * one\n  * two', textStart: 3, range: { start: 1, end: 5 } },
    { heading: 'Use', text: 'Go.', textStart: 8, range: { start: 6, end: 8 } },
  ])
})

it('reads reStructuredText headings, whose levels are the order of their underlines', () => {
  const rst = [
    '====',
    'Walk',
    '====',
    '',
    'A walk.',
    '',
    'Use :func:`go`',
    '--------------',
    '',
    '::',
    '',
    '    go()',
    '',
    'Further',
    '~~~~~~~',
    '',
    'Again',
    '-----',
  ].join('\n')
  const { title, sections } = documentOf(rst, 'docs/walk.rst')
  expect(title).toBe('Walk')
  expect(sections.map(({ heading, level, textStart }) => [heading, level, textStart])).toEqual([
    ['Walk', 1, 5],
    ['Use go', 2, 10],
    ['Further', 3, 16],
    ['Again', 2, 18],
  ])
})

it('takes the title of the front matter when no heading is the title', () => {
  expect(documentOf('---\nid: api\ntitle: "The API"\n---\n\n## Use\n\nGo.\n', 'docs/api.md').title).toBe('The API')
})

it('reads headings written as HTML, on one line or several, but none that only decorates', () => {
  const text = [
    '<h1 align="center">Walk</h1>',
    '## FAQ',
    '<h3 name="config">',
    'Does <em>walk</em> have settings?',
    '</h3>',
    '',
    'Yes.',
    '```html',
    '<h2>code</h2>',
    '```',
    '<h3 id="b">More</h3>',
    'Text.',
    '<h3>never closed',
  ].join('\n')
  const { title, sections } = documentOf(text, 'FAQ.md')
  expect(title).toBe('FAQ')
  expect(sections.slice(1).map(({ heading, level, textStart }) => [heading, level, textStart])).toEqual([
    ['FAQ', 2, 2],
    ['Does walk have settings?', 3, 7],
    ['More', 3, 12],
  ])
})

it('finds headings behind a line that begins with inline code of three backticks', () => {
  const text = '# Comments\n\nThey end with\n```*``/```.\n\n## Nesting\n\nNone.\n'
  expect(documentOf(text, 'README.md').sections.map(({ heading }) => heading)).toEqual(['Comments', 'Nesting'])
})
