'use client'

import {
  type KeyboardEvent,
  lazy,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { VirtualizerHandle } from 'virtua'
import { buildTree } from '#app/_components/tree/build-tree.ts'
import { filterRows, isFiltering, type TreeFilter } from '#app/_components/tree/filter-rows.ts'
import { keyTarget } from '#app/_components/tree/key-target.ts'
import { TreeLine } from '#app/_components/tree/tree-line.tsx'
import { useOpenNodes } from '#app/_components/tree/use-open-nodes.ts'
import { type TreeItem, visibleItems } from '#app/_components/tree/visible-items.ts'
import { useHydrated } from '#app/_hooks/use-hydrated.ts'
import { usePlace, useSelectedKey } from '#app/_hooks/use-place.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

interface Props {
  filter: TreeFilter
  /** What scrolls the tree. */
  scroller: RefObject<HTMLElement | null>
  /** Called after a place was chosen, so that a drawer can close. */
  onChosen: () => void
}

const ManyLines = lazy(() => import('#app/_components/tree/many-lines.tsx'))

/** Up to here all lines may exist, and what draws only those near the screen need not be loaded. */
const FEW_VARIANTS = 40
/** Fills a screen before the page has measured anything; the server puts no line at a place, which only a style could. */
const FIRST_LINES = 30
const FRAMES_TO_DRAW = 10

/** Repository → @branch → provider/model, as a tree that is walked with the arrow keys. */
export function VariantTree({ filter, scroller, onChosen }: Props) {
  const { viewer } = useDashboard()
  const rows = useShape()
  const selectedKey = useSelectedKey()
  const place = usePlace()
  const tree = useMemo(
    () => buildTree(filterRows(rows, filter), { showOwners: viewer.is_admin, order: filter.order }),
    [rows, filter, viewer.is_admin],
  )
  const { isOpen, setOpen } = useOpenNodes(selectedKey, tree.length === 1)
  const narrowed = isFiltering(filter)
  const items = useMemo(() => visibleItems(tree, (id) => isOpen(id, narrowed)), [tree, narrowed, isOpen])
  const [focusId, setFocusId] = useState<string | null>(null)
  const tabStop = Math.max(0, indexOf(items, focusId) ?? indexOf(items, selectedKey) ?? 0)
  const lines = useRef<VirtualizerHandle>(null)
  const list = useRef<HTMLDivElement>(null)
  const hydrated = useHydrated()
  const reach = useCallback((index: number) => {
    if (lines.current) lines.current.scrollToIndex(index, { align: 'nearest' })
    else list.current?.children[index]?.scrollIntoView({ block: 'nearest' })
  }, [])
  useFollowSelection({ items, selectedKey, reach })

  function focus(item: TreeItem) {
    setFocusId(item.id)
    reach(items.indexOf(item))
    focusLine(item.id, FRAMES_TO_DRAW)
  }

  /** At once when the line exists, so that the next key already meets it; else as soon as it is drawn. */
  function focusLine(id: string, framesLeft: number): void {
    const line = list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)
    line?.focus()
    const isThere = line !== null && document.activeElement === line
    if (!isThere && framesLeft > 0) requestAnimationFrame(() => focusLine(id, framesLeft - 1))
  }

  function onKeyDown(event: KeyboardEvent) {
    const item = items[tabStop]
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return
    const target = keyTarget(event.key, items, tabStop)
    if (target) focus(target)
    else if (event.key === 'ArrowRight' && item.kind !== 'variant') setOpen(item.id, true)
    else if (event.key === 'ArrowLeft' && item.kind !== 'variant') setOpen(item.id, false)
    else return
    event.preventDefault()
  }

  if (items.length === 0) return <p className="px-3 py-6 text-center text-ink-faint">Nothing matches.</p>
  const line = (item: TreeItem, index: number) => (
    <TreeLine
      key={item.id}
      item={item}
      selected={item.id === selectedKey || isProject(item, place)}
      tabStop={index === tabStop}
      onFocus={setFocusId}
      onToggle={setOpen}
      onChosen={onChosen}
    />
  )
  const first = items.slice(0, FIRST_LINES).map(line)
  return (
    <div ref={list} role="tree" aria-label="Documentation sets" onKeyDown={onKeyDown} className="mb-4">
      {rows.length <= FEW_VARIANTS ? (
        items.map(line)
      ) : (
        <Suspense fallback={first}>
          {hydrated ? (
            <ManyLines items={items} scroller={scroller} kept={tabStop} handle={lines}>
              {line}
            </ManyLines>
          ) : (
            first
          )}
        </Suspense>
      )}
    </div>
  )
}

function indexOf(items: TreeItem[], id: string | null): number | null {
  const index = id === null ? -1 : items.findIndex((item) => item.id === id)
  return index < 0 ? null : index
}

function isProject(item: TreeItem, place: ReturnType<typeof usePlace>): boolean {
  if (item.kind !== 'repository' || place?.kind !== 'project' || place.name !== item.node.name) return false
  return place.owner === null || place.owner === item.node.owner
}

interface Following {
  items: TreeItem[]
  selectedKey: string | null
  reach: (index: number) => void
}

/** Scrolls to what was selected elsewhere: by a link, the palette or a new generation. */
function useFollowSelection({ items, selectedKey, reach }: Following): void {
  const reached = useRef<string | null>(null)
  useEffect(() => {
    if (reached.current === selectedKey) return
    const index = indexOf(items, selectedKey)
    if (index === null) return
    reached.current = selectedKey
    reach(index)
  }, [items, selectedKey, reach])
}
