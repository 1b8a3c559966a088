import { applyFrame, replaceRows, variantKeyOf } from '#lib/domain/apply-frame.ts'
import type { DataFrame } from '#lib/domain/frames.ts'
import type { ProjectsResponse, VariantRow } from '#lib/domain/variant.ts'

type Listener = () => void

export type VariantStore = ReturnType<typeof createVariantStore>

/**
 * All variants a viewer may see, outside React: a frame tells only those who look at its row, and those who look at the
 * shape of the whole list only when a row came, went or changed its status.
 */
export function createVariantStore(initial: ProjectsResponse) {
  let facts = initial
  let rows: readonly VariantRow[] = initial.projects
  let shape = rows
  let byKey = indexed(rows)
  const rowListeners = new Map<string, Set<Listener>>()
  const shapeListeners = new Set<Listener>()
  const factsListeners = new Set<Listener>()

  function takeFacts(list: ProjectsResponse): void {
    facts = list
    notify(factsListeners)
  }

  function take(next: readonly VariantRow[]): void {
    if (next === rows) return
    const before = byKey
    rows = next
    byKey = indexed(next)
    const reshaped = !sameShape(shape, next)
    if (reshaped) shape = next
    for (const [key, listeners] of rowListeners) if (before.get(key) !== byKey.get(key)) notify(listeners)
    if (reshaped) notify(shapeListeners)
  }

  return {
    /** Takes a frame in; true when the list must be fetched again. */
    apply(frame: DataFrame): boolean {
      const { rows: next, refetch } = applyFrame(rows, frame)
      take(next)
      if (frame.type === 'sync') takeFacts(frame)
      return refetch
    },
    replace(list: ProjectsResponse): void {
      take(replaceRows(rows, list.projects))
      takeFacts(list)
    },
    row: (key: string): VariantRow | null => byKey.get(key) ?? null,
    /** The list as of its last change of shape: page counts in it may be old, rows and statuses are not. */
    shape: () => shape,
    /** Known models and branches and the cost, as of the last whole list. */
    facts: () => facts,
    subscribeFacts(listener: Listener): () => void {
      factsListeners.add(listener)
      return () => factsListeners.delete(listener)
    },
    subscribeRow(key: string, listener: Listener): () => void {
      const listeners = rowListeners.get(key) ?? new Set()
      rowListeners.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) rowListeners.delete(key)
      }
    },
    subscribeShape(listener: Listener): () => void {
      shapeListeners.add(listener)
      return () => shapeListeners.delete(listener)
    },
  }
}

function indexed(rows: readonly VariantRow[]): Map<string, VariantRow> {
  return new Map(rows.map((row) => [variantKeyOf(row), row]))
}

function sameShape(left: readonly VariantRow[], right: readonly VariantRow[]): boolean {
  return (
    left.length === right.length &&
    left.every((row, index) => {
      const other = right[index]
      if (row === other) return true
      return other !== undefined && variantKeyOf(row) === variantKeyOf(other) && row.status === other.status
    })
  )
}

function notify(listeners: Iterable<Listener>): void {
  for (const listener of [...listeners]) listener()
}
