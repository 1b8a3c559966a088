import { expect, it } from 'vitest'
import { excerpt, marker } from '#lib/site/assets/search-marks.js'

function marked(text: string, terms: string[]): string[] {
  return marker(terms)(text).map(({ start, end }: { start: number; end: number }) => text.slice(start, end))
}

it.each([
  ['The server serves, observers do not.', ['serve', 'server'], ['server', 'serve']],
  [
    'createServer and create_server and create-server',
    ['createserver'],
    ['createServer', 'create_server', 'create-server'],
  ],
  ['createServer, HTTPServer', ['server'], ['Server']],
  ['createServer', ['create', 'createserver'], ['createServer']],
  ['a--b a_b', ['ab'], ['a_b']],
  ['Die Größe der Façade', ['grosse', 'groe', 'facade'], ['Façade']],
  ['Die Größe', ['grosse', 'gro'], ['Grö']],
  ['全文検索', ['検索'], ['検索']],
  ['İstanbul, then port', ['port'], ['port']],
  ['1.5 MB (max.)', ['max', '5'], ['5', 'max']],
  ['nothing here', [], []],
])('marks in “%s” for %j', (text, terms, wanted) => {
  expect(marked(text, terms)).toEqual(wanted)
})

it('cuts out where most of the words stand together', () => {
  const text = `port ${'word '.repeat(100)}a port of the server ${'word '.repeat(100)}`
  expect(excerpt(text, marker(['port', 'server']))).toContain('a port of the server')
})
