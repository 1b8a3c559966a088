import type { TreeItem } from '#app/_components/tree/visible-items.ts'

/** Where a key leads from the item at `index`; undefined when it opens, closes or does nothing. */
export function keyTarget(key: string, items: readonly TreeItem[], index: number): TreeItem | undefined {
  const item = items[index]
  if (key === 'ArrowDown') return items[index + 1]
  if (key === 'ArrowUp') return items[index - 1]
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key === 'ArrowRight' && item && 'open' in item && item.open) return items[index + 1]
  if (key === 'ArrowLeft' && item && !('open' in item && item.open)) return items.find(({ id }) => id === item.parentId)
  return undefined
}
