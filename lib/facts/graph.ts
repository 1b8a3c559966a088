import type { FileFact, ImportFact } from '#lib/domain/facts.ts'
import { recordOf } from './parse/doc-text.ts'
import { pageRank } from './shape/page-rank.ts'
import { rowsOf } from './shape/rows.ts'

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
  const edges = edgesOf([...imports, ...further], indexOf)
  const ranks = pageRank(rowsOf(paths.length, edges))
  return recordOf(paths.map((path, index) => [path, ranks[index] ?? 0] as const))
}

function edgesOf(references: { from: string; to: string | null }[], indexOf: Map<string, number>) {
  const edges = { from: [] as number[], to: [] as number[] }
  for (const { from, to } of references) {
    const source = indexOf.get(from)
    const target = to === null ? undefined : indexOf.get(to)
    if (source === undefined || target === undefined) continue
    edges.from.push(source)
    edges.to.push(target)
  }
  return edges
}
