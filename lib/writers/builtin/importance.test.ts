import { expect, it } from 'vitest'
import { makeDoc, makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { factsIndex } from '#lib/writers/builtin/facts-index.ts'
import { inReadingOrder, namesByImportance } from '#lib/writers/builtin/importance.ts'
import { selectEntries } from '#lib/writers/builtin/symbol-entry.ts'

const TEXT =
  'Finds the way home from wherever the caller stands, and gives up politely when there is none at all, ever.'

it('names first what documents show, and reads what is called before types and values', () => {
  const symbols = [
    makeSymbol('src/a.ts', 'LIMIT', { kind: 'constant' }),
    makeSymbol('src/a.ts', 'Options', { kind: 'interface' }),
    makeSymbol('src/a.ts', 'helper'),
    makeSymbol('src/a.ts', 'walk'),
  ]
  const facts = makeFacts({
    files: [makeFile('src/a.ts')],
    symbols,
    documents: [
      {
        path: 'README.md',
        title: 'A',
        sections: [{ heading: 'Use', level: 2, text: '`walk()` goes.', range: range('README.md', 1, 3), textStart: 3 }],
      },
    ],
  })
  expect(namesByImportance(facts, symbols)[0]).toBe('walk')
  expect(inReadingOrder(facts, symbols).map(({ name }) => name)).toEqual(['walk', 'helper', 'Options', 'LIMIT'])
})

it('shows sentences that two doc comments share once, at the more important name, unless they are on one page', () => {
  const doc = (path: string) =>
    makeDoc(path, `Goes home ${path === 'src/a.ts' ? 'slowly' : 'by itself'}. ${TEXT}`, {
      params: { to: 'where to go' },
    })
  const params = [{ name: 'to', type: 'string', default: null, optional: false, doc: null }]
  const symbols = ['src/a.ts', 'src/b.ts'].map((path) => makeSymbol(path, `go${path[4]}`, { doc: doc(path), params }))
  const facts = makeFacts({
    files: [makeFile('src/a.ts'), makeFile('src/b.ts')],
    symbols,
    fileRank: { 'src/b.ts': 0.9 },
  })
  const [first, second] = selectEntries(facts, symbols, {
    ofSymbol: ({ range: { path } }) => `page-of-${path[4]}`,
    inGuides: () => null,
  })
  expect(first).toMatchObject({
    summary: 'Goes home slowly.',
    toldAt: { name: 'gob', slug: 'page-of-b' },
    params: [{ doc: '' }],
  })
  expect(second).toMatchObject({ toldAt: null, params: [{ doc: 'where to go' }] })
  const [together] = selectEntries(facts, symbols, { ofSymbol: () => 'one-page', inGuides: () => null })
  expect(together).toMatchObject({ summary: `Goes home slowly. ${TEXT}`, toldAt: null })
})

it('lists a Go declaration once that two files have for different builds', () => {
  const symbols = ['bind/a.go', 'bind/a_tag.go'].map((path) => makeSymbol(path, 'Bind', { signature: 'func Bind()' }))
  const files = symbols.map(({ range: { path } }) => makeFile(path, { language: 'Go' }))
  const { topLevel } = factsIndex(makeFacts({ files, symbols }))
  expect([...topLevel.keys()]).toEqual(['bind/a.go'])
})

it('leaves to a guide what the guide tells word for word', () => {
  const symbol = makeSymbol('src/a.ts', 'go', { doc: makeDoc('src/a.ts', `Goes home. ${TEXT}`) })
  const facts = makeFacts({ files: [makeFile('src/a.ts')], symbols: [symbol] })
  const inGuides = (sentence: string) => (sentence.trim() === TEXT ? { title: 'Walking', slug: 'docs-walk' } : null)
  const [entry] = selectEntries(facts, [symbol], { ofSymbol: () => 'src', inGuides })
  expect(entry).toMatchObject({
    summary: 'Goes home.',
    toldAt: { name: 'Walking', slug: 'docs-walk', isGuide: true },
  })
})
