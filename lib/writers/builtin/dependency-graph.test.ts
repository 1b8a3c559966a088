import { expect, it } from 'vitest'
import { makeFacts, makeFile, makeModule, range } from '#lib/testing/make-facts.ts'
import { cyclesOf, dependencyGraph, layersOf, mermaid } from '#lib/writers/builtin/dependency-graph.ts'

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
