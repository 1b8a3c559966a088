import { expect, it } from 'vitest'
import { makeFacts, makeFile, makeModule, range } from '#lib/testing/make-facts.ts'
import { commonFolder, cyclesOf, dependencyGraph, layersOf, mermaid } from '#lib/writers/builtin/dependency-graph.ts'
import { readableEdges } from '#lib/writers/builtin/readable-edges.ts'

const edge = (from: string, to: string) => ({ from, to, count: 1, example: range(`${from}/x.ts`, 1) })

it('puts importing parts above imported ones and keeps cycles in one layer', () => {
  const graph = {
    nodes: ['a', 'b', 'c', 'd'],
    edges: [edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('c', 'd')],
  }
  expect(layersOf(graph)).toEqual([['a'], ['b', 'c'], ['d']])
  expect(cyclesOf(graph).filter((group) => group.length > 1)).toEqual([['b', 'c']])
})

it('writes labels so that no name can end them', () => {
  const text = mermaid({ nodes: ['a"]; click x', '.'], edges: [edge('.', 'a"]; click x')] })
  expect(text).toBe('flowchart TD\n  n0["a#34;#93;#59; click x"]\n  n1["(top level)"]\n  n1 --> n0')
})

it('shows at most twenty parts and counts the rest', () => {
  const files = Array.from({ length: 60 }, (_, at) => makeFile(`packages/p${at}/index.ts`))
  const imports = files.slice(1).map(({ path }) => ({
    from: path,
    to: 'packages/p0/index.ts',
    specifier: 'p0',
    names: ['x'],
    range: range(path, 1),
  }))
  const modules = files.map(({ path }) => makeModule(path.replace('/index.ts', ''), files))
  const graph = dependencyGraph(makeFacts({ files, modules, imports }))
  expect([graph.nodes.length, graph.leftOut, graph.parts]).toEqual([20, 40, 'directories'])
})

it('draws no edge that a longer way implies, and at most one of a pair, but leaves no part alone', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e']
  const edges = [
    edge('a', 'b'),
    { ...edge('a', 'c'), count: 9 },
    edge('b', 'c'),
    { ...edge('c', 'd'), count: 4 },
    edge('d', 'c'),
    edge('e', 'd'),
  ]
  const shown = readableEdges({ nodes, edges }).map(({ from, to }) => from + to)
  expect(shown).toContain('cd')
  expect(shown).not.toContain('dc')
  expect(shown).toEqual(expect.arrayContaining(['ab', 'bc', 'ed']))
})

it('keeps a picture of a dense graph at one and a half edges a part', () => {
  const nodes = Array.from({ length: 12 }, (_, at) => `n${at}`)
  const edges = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => edge(from, to)))
  expect(readableEdges({ nodes, edges }).length).toBeLessThanOrEqual(18)
})

it('writes labels below the folder that all parts share', () => {
  expect(commonFolder(['src/click/core.py', 'src/click/types.py'])).toBe('src/click/')
  expect(commonFolder(['src', 'src/jsx'])).toBe('')
  expect(commonFolder(['lib', 'app'])).toBe('')
  expect(mermaid({ nodes: ['src/click/core.py'], edges: [] }, 'src/click/')).toContain('"core.py"')
})
