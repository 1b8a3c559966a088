'use client'

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { buildTree } from '#app/_components/tree/build-tree.ts'
import { TreeLine } from '#app/_components/tree/tree-line.tsx'
import { type TreeItem, visibleItems } from '#app/_components/tree/visible-items.ts'
import { useSelection } from '#app/_hooks/use-selection.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { VariantRow } from '#lib/domain/variant.ts'

interface Props {
  search: string
  /** Called after a variant was chosen, so that a drawer can close. */
  onChosen: () => void
}

/** Repository → @branch → provider/model, as a tree that is walked with the arrow keys. */
export function VariantTree({ search, onChosen }: Props) {
  const { viewer } = useDashboard()
  const rows = useShape()
  const selection = useSelection()
  const tree = useMemo(() => buildTree(rows, { search, showOwners: viewer.is_admin }), [rows, search, viewer.is_admin])
  const selectedRow = rows.find((row) => row.owner === selection.link?.owner && sameDocs(row, selection.link))
  const { isOpen, setOpen } = useOpenNodes(selectedRow ?? null, tree.length === 1)
  const items = visibleItems(tree, (id) => search !== '' || isOpen(id))
  const [focusId, setFocusId] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const tabStop = items.find(({ id }) => id === (focusId ?? selection.key))?.id ?? items[0]?.id

  function focus(item: TreeItem | undefined) {
    if (!item) return
    setFocusId(item.id)
    list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(item.id)}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    const index = items.findIndex(({ id }) => id === tabStop)
    const item = items[index]
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return
    const target = keyTarget(event.key, items, index)
    if (target) focus(target)
    else if (event.key === 'ArrowRight' && item.kind !== 'variant') setOpen(item.id, true)
    else if (event.key === 'ArrowLeft' && item.kind !== 'variant') setOpen(item.id, false)
    else return
    event.preventDefault()
  }

  if (items.length === 0) return <p className="px-3 py-6 text-center text-ink-faint">Nothing matches “{search}”.</p>
  return (
    <div
      ref={list}
      role="tree"
      aria-label="Documentation sets"
      onKeyDown={onKeyDown}
      className="flex flex-col gap-px pb-4"
    >
      {items.map((item) => (
        <TreeLine
          key={item.id}
          item={item}
          selected={item.id === selection.key}
          tabStop={item.id === tabStop}
          onFocus={() => setFocusId(item.id)}
          onToggle={() => setOpen(item.id, !('open' in item && item.open))}
          onChosen={onChosen}
        />
      ))}
    </div>
  )
}

function sameDocs(row: VariantRow, link: { name: string; branch: string } | null): boolean {
  return row.name === link?.name && row.branch === link.branch
}

/** Where a key leads, or undefined when it opens, closes or does nothing. */
function keyTarget(key: string, items: TreeItem[], index: number): TreeItem | undefined {
  const item = items[index]
  if (key === 'ArrowDown') return items[index + 1]
  if (key === 'ArrowUp') return items[index - 1]
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key === 'ArrowRight' && item && 'open' in item && item.open) return items[index + 1]
  if (key === 'ArrowLeft' && item && !('open' in item && item.open)) return items.find(({ id }) => id === item.parentId)
  return undefined
}

/** Which nodes are open. What is selected is opened once, whenever it becomes selected. */
function useOpenNodes(selected: VariantRow | null, onlyOne: boolean) {
  const [nodes, setNodes] = useState<ReadonlyMap<string, boolean>>(() => opened(new Map(), selected))
  const branchId = selected && `${selected.owner}/${selected.name}@${selected.branch}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: a person may close the branch again; only another selection opens it
  useEffect(() => {
    setNodes((before) => opened(before, selected))
  }, [branchId])

  return {
    isOpen: (id: string) => nodes.get(id) ?? onlyOne,
    setOpen: (id: string, open: boolean) => setNodes((before) => new Map(before).set(id, open)),
  }
}

function opened(nodes: ReadonlyMap<string, boolean>, row: VariantRow | null): ReadonlyMap<string, boolean> {
  if (!row) return nodes
  const id = `${row.owner}/${row.name}`
  return new Map(nodes).set(id, true).set(`${id}@${row.branch}`, true)
}
