import type { FileFact, ImportFact } from '#lib/domain/facts.ts'
import { recordOf } from './parse/doc-text.ts'

const DAMPING = 0.85
const MAX_ROUNDS = 60
const ENOUGH = 1e-9

/** One use of a file by another; the same pair may occur many times. */
export interface Edge {
  from: string
  to: string
}

/**
 * PageRank of the source files over their references, 0–1, sum 1. Tests and examples neither have nor give rank: they
 * are evidence, not importance. Arrays in compressed rows, summed in a fixed order, so that results compare.
 */
export function rankFiles(files: FileFact[], imports: ImportFact[], further: Edge[] = []): Record<string, number> {
  const paths = files.filter((file) => file.role === 'source').map((file) => file.path)
  const indexOf = new Map(paths.map((path, index) => [path, index]))
  const { starts, targets } = compress(paths.length, edgesOf([...imports, ...further], indexOf))
  const ranks = iterate(paths.length, starts, targets)
  return recordOf(paths.map((path, index) => [path, ranks[index] ?? 0] as const))
}

function edgesOf(references: { from: string; to: string | null }[], indexOf: Map<string, number>): [number, number][] {
  const seen = new Set<number>()
  const edges: [number, number][] = []
  for (const { from, to } of references) {
    const source = indexOf.get(from)
    const target = to === null ? undefined : indexOf.get(to)
    if (source === undefined || target === undefined || source === target) continue
    const key = source * indexOf.size + target
    if (seen.has(key)) continue
    seen.add(key)
    edges.push([source, target])
  }
  return edges.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function compress(size: number, edges: [number, number][]): { starts: Uint32Array; targets: Uint32Array } {
  const starts = new Uint32Array(size + 1)
  for (const [from] of edges) starts[from + 1] = (starts[from + 1] ?? 0) + 1
  for (let at = 0; at < size; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0)
  return { starts, targets: Uint32Array.from(edges, ([, to]) => to) }
}

function iterate(size: number, starts: Uint32Array, targets: Uint32Array): Float64Array {
  let ranks = new Float64Array(size).fill(size > 0 ? 1 / size : 0)
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = spread(ranks, starts, targets)
    const change = next.reduce((sum, rank, at) => sum + Math.abs(rank - (ranks[at] ?? 0)), 0)
    ranks = next
    if (change < ENOUGH) break
  }
  return ranks
}

/** One round: every file gives its rank to what it refers to; a file that refers to nothing gives to all alike. */
function spread(ranks: Float64Array, starts: Uint32Array, targets: Uint32Array) {
  const size = ranks.length
  const next = new Float64Array(size)
  let dangling = 0
  for (let from = 0; from < size; from += 1) {
    const begin = starts[from] ?? 0
    const end = starts[from + 1] ?? 0
    const rank = ranks[from] ?? 0
    if (begin === end) dangling += rank
    for (let at = begin; at < end; at += 1) {
      const to = targets[at] ?? 0
      next[to] = (next[to] ?? 0) + rank / (end - begin)
    }
  }
  return next.map((received) => (1 - DAMPING) / size + DAMPING * (received + dangling / size))
}
