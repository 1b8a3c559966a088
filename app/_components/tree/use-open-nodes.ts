import { useCallback, useEffect, useState } from 'react'
import { useRow } from '#app/_hooks/use-row.ts'
import type { VariantRow } from '#lib/domain/variant.ts'

/** Which nodes are open. What is selected is opened once, whenever it becomes selected. A narrowed tree shows all it has. */
export function useOpenNodes(selectedKey: string | null, onlyOne: boolean) {
  const selected = useRow(selectedKey ?? '')
  const [nodes, setNodes] = useState<ReadonlyMap<string, boolean>>(() => opened(new Map(), selected))
  const branchId = selected && `${selected.owner}/${selected.name}@${selected.branch}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: a person may close the branch again; only another selection opens it
  useEffect(() => {
    setNodes((before) => opened(before, selected))
  }, [branchId])

  const isOpen = useCallback(
    (id: string, narrowed: boolean) => narrowed || (nodes.get(id) ?? onlyOne),
    [nodes, onlyOne],
  )
  const setOpen = useCallback((id: string, open: boolean) => setNodes((before) => new Map(before).set(id, open)), [])
  return { isOpen, setOpen }
}

function opened(nodes: ReadonlyMap<string, boolean>, row: VariantRow | null): ReadonlyMap<string, boolean> {
  if (!row) return nodes
  const id = `${row.owner}/${row.name}`
  return new Map(nodes).set(id, true).set(`${id}@${row.branch}`, true)
}
