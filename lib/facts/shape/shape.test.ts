import { expect, it } from 'vitest'
import { communitiesOf } from './communities.ts'
import { layersOf } from './layers.ts'
import { pageRank } from './page-rank.ts'
import { type Rows, rowsOf } from './rows.ts'

function graph(size: number, pairs: [number, number][]): Rows {
  return rowsOf(size, { from: pairs.map(([from]) => from), to: pairs.map(([, to]) => to) })
}

it('packs edges in order, counts those that repeat and leaves out those to itself', () => {
  const rows = graph(3, [
    [2, 1],
    [0, 2],
    [0, 1],
    [0, 2],
    [1, 1],
  ])
  expect([...rows.starts]).toEqual([0, 2, 2, 3])
  expect([...rows.targets]).toEqual([1, 2, 1])
  expect([...rows.weights]).toEqual([1, 2, 1])
})

it('puts a file one layer above what it uses, and a circle into one layer', () => {
  const rows = graph(5, [
    [0, 1],
    [1, 2],
    [2, 1],
    [2, 3],
    [4, 0],
  ])
  expect([...layersOf(rows)]).toEqual([2, 1, 1, 0, 3])
})

it('walks a chain of 50,000 files without ending the stack', () => {
  const chain = graph(
    50_000,
    Array.from({ length: 49_999 }, (_, node): [number, number] => [node, node + 1]),
  )
  expect(layersOf(chain)[0]).toBe(49_999)
})

it('finds two groups that one edge joins', () => {
  const clique = (nodes: number[]) =>
    nodes.flatMap((from) => nodes.flatMap((to): [number, number][] => (from < to ? [[from, to]] : [])))
  const rows = graph(9, [...clique([0, 2, 4, 6]), ...clique([1, 3, 5, 7]), [0, 1]])
  expect([...communitiesOf(rows)]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 2])
})

it('gives most rank to what everybody uses, and 1 in all', () => {
  const ranks = pageRank(
    graph(4, [
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 2],
    ]),
  )
  expect(ranks.indexOf(Math.max(...ranks))).toBe(3)
  expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(1)
})
