import type { ReferenceFacts } from '#lib/domain/facts.ts'

/** References in columns of any kind. */
export type EdgeLists = Record<keyof ReferenceFacts, ArrayLike<number>>

/** Edges of two lists that have no file in common, each in order. */
export function mergedEdges(a: EdgeLists, b: EdgeLists): ReferenceFacts {
  const runs = runsOf(a.file, b.file)
  const size = a.file.length + b.file.length
  const column = (key: keyof ReferenceFacts) => {
    const values = new Array<number>(size)
    let next = 0
    for (let at = 0; at < runs.length; at += 3) {
      const from = runs[at] === 0 ? a[key] : b[key]
      const end = runs[at + 2] ?? 0
      for (let edge = runs[at + 1] ?? 0; edge < end; edge += 1) {
        values[next] = from[edge] ?? 0
        next += 1
      }
    }
    return values
  }
  return {
    file: column('file'),
    symbol: column('symbol'),
    line: column('line'),
    target: column('target'),
    kind: column('kind'),
    exact: column('exact'),
  }
}

/** What to take one after the other: list, first edge, edge behind the last. */
function runsOf(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const runs: number[] = []
  let [first, second] = [0, 0]
  while (first < a.length || second < b.length) {
    const isFirst = second >= b.length || (a[first] ?? Number.MAX_SAFE_INTEGER) < (b[second] ?? 0)
    const [own, other, start] = isFirst ? [a, b[second], first] : [b, a[first], second]
    let end = start
    while (end < own.length && (other === undefined || (own[end] ?? 0) < other)) end += 1
    runs.push(isFirst ? 0 : 1, start, end)
    if (isFirst) first = end
    else second = end
  }
  return runs
}
