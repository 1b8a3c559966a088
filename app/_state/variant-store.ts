import type { ProjectsResponse, VariantRow } from '#lib/domain/variant.ts'
import { patchRow, replaceRows, variantKeyOf } from '#lib/domain/variant-list.ts'

type Listener = () => void
type Rows = readonly VariantRow[]

/** What a variant looks like from the moment its generation is resumed. */
export const RESUMED = { status: 'generating', current_stage: null, error_message: null } as const

/** What a person has asked for and the server has not confirmed yet. */
export type Wish = 'abort' | 'delete' | 'resume'

export type VariantStore = ReturnType<typeof createVariantStore>

/**
 * All variants a viewer may see, outside React: a change tells only those who look at its row, and those who look at the
 * shape of the whole list only when a row came, went or changed its status. Wishes lie over what the server says.
 */
export function createVariantStore(initial: ProjectsResponse) {
  let facts = initial
  let said: Rows = initial.projects
  let rows = said
  let shape = rows
  let byKey = indexed(rows)
  const wishes = new Map<string, Wish>()
  const rowListeners = new Map<string, Set<Listener>>()
  const shapeListeners = new Set<Listener>()
  const factsListeners = new Set<Listener>()

  function show(): void {
    const next = wishes.size === 0 ? said : replaceRows(rows, granted(said, wishes))
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
    /** Puts what `change` makes of the server's list in its place. */
    update(change: (rows: Rows) => Rows): void {
      said = change(said)
      show()
    },
    replace(list: ProjectsResponse): void {
      facts = list
      said = replaceRows(said, list.projects)
      show()
      notify(factsListeners)
    },
    /** Shows a wish as fulfilled while `work` asks the server; when it fails, what the server says shows again. */
    async wish(key: string, wish: Wish, work: () => Promise<void>): Promise<void> {
      wishes.set(key, wish)
      show()
      tellRow(key)
      try {
        await work()
      } finally {
        wishes.delete(key)
        show()
        tellRow(key)
      }
    },
    wished: (key: string): Wish | null => wishes.get(key) ?? null,
    row: (key: string): VariantRow | null => byKey.get(key) ?? null,
    /** The list as of its last change of shape: page counts in it may be old, rows and statuses are not. */
    shape: () => shape,
    /** Known models and branches and the cost, as of the last whole list. */
    facts: () => facts,
    subscribeFacts: (listener: Listener) => listening(factsListeners, listener),
    subscribeShape: (listener: Listener) => listening(shapeListeners, listener),
    subscribeRow(key: string, listener: Listener): () => void {
      const listeners = rowListeners.get(key) ?? new Set()
      rowListeners.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) rowListeners.delete(key)
      }
    },
  }

  function tellRow(key: string): void {
    notify(rowListeners.get(key) ?? [])
  }
}

function granted(said: Rows, wishes: ReadonlyMap<string, Wish>): Rows {
  return said.flatMap((row) => {
    const wish = wishes.get(variantKeyOf(row))
    if (wish === 'delete') return []
    if (wish === 'resume') return [patchRow(row, RESUMED)]
    return wish === 'abort' && row.status === 'generating' ? [patchRow(row, { status: 'aborted' })] : [row]
  })
}

function indexed(rows: Rows): Map<string, VariantRow> {
  return new Map(rows.map((row) => [variantKeyOf(row), row]))
}

function sameShape(left: Rows, right: Rows): boolean {
  return (
    left.length === right.length &&
    left.every((row, index) => {
      const other = right[index]
      if (row === other) return true
      return other !== undefined && variantKeyOf(row) === variantKeyOf(other) && row.status === other.status
    })
  )
}

function listening(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function notify(listeners: Iterable<Listener>): void {
  for (const listener of [...listeners]) listener()
}
