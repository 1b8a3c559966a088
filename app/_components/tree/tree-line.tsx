'use client'

import { ChevronRight, GitBranch } from 'lucide-react'
import type { MouseEvent } from 'react'
import { type RepositoryNode, statusParts, variantCount } from '#app/_components/tree/build-tree.ts'
import type { TreeItem } from '#app/_components/tree/visible-items.ts'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { TimeAgo } from '#app/_components/ui/time-ago.tsx'
import { useRow } from '#app/_hooks/use-row.ts'
import { select } from '#app/_hooks/use-selection.ts'
import { variantHref } from '#lib/domain/deep-link.ts'
import { STATUS_LABELS } from '#lib/domain/stages.ts'
import { identityOf, type VariantRow } from '#lib/domain/variant.ts'

interface Props {
  item: TreeItem
  selected: boolean
  tabStop: boolean
  onFocus: () => void
  onToggle: () => void
  onChosen: () => void
}

const LINE = 'deferred-line flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-sunken'

/** One line of the tree. */
export function TreeLine({ item, selected, tabStop, onFocus, onToggle, onChosen }: Props) {
  const common = {
    role: 'treeitem',
    'aria-level': item.level,
    'aria-posinset': item.position,
    'aria-setsize': item.setSize,
    'aria-selected': selected,
    'data-item': item.id,
    tabIndex: tabStop ? 0 : -1,
    onFocus,
  }
  if (item.kind === 'variant')
    return <VariantLine row={item.node.row} itemKey={item.id} selected={selected} common={common} onChosen={onChosen} />
  return (
    <button type="button" {...common} aria-expanded={item.open} onClick={onToggle} className={LINE}>
      <ChevronRight
        aria-hidden="true"
        className={`size-3.5 shrink-0 text-ink-faint transition-transform ${item.level === 2 ? 'ml-4' : ''} ${item.open ? 'rotate-90' : ''}`}
      />
      {item.kind === 'repository' ? (
        <RepositoryText node={item.node} open={item.open} />
      ) : (
        <span className="flex min-w-0 items-center gap-1.5 font-mono text-ink-soft text-xs">
          <GitBranch aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">@{item.node.branch}</span>
        </span>
      )}
    </button>
  )
}

function RepositoryText({ node, open }: { node: RepositoryNode; open: boolean }) {
  return (
    <span className="min-w-0 flex-1 py-1">
      <span className="block truncate font-medium text-ink">{node.label}</span>
      {!open && (
        <span className="flex flex-wrap items-center gap-x-2 text-ink-faint text-xs">
          {variantCount(node)}
          {statusParts(node).map(({ status, text }) => (
            <span key={status} className="inline-flex items-center gap-1.5 whitespace-nowrap">
              <span aria-hidden="true">·</span>
              <StatusDot status={status} />
              {text}
            </span>
          ))}
        </span>
      )}
    </span>
  )
}

interface VariantLineProps {
  row: VariantRow
  itemKey: string
  selected: boolean
  common: Record<string, unknown>
  onChosen: () => void
}

function VariantLine({ row: known, itemKey, selected, common, onChosen }: VariantLineProps) {
  const row = useRow(itemKey) ?? known

  function choose(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    select(identityOf(row))
    onChosen()
  }

  return (
    <a
      {...common}
      href={variantHref(identityOf(row))}
      onClick={choose}
      className={`${LINE} pl-11 ${selected ? 'bg-accent-wash text-ink hover:bg-accent-wash' : 'text-ink-soft'}`}
    >
      <StatusDot status={row.status} />
      <span className="min-w-0 flex-1 truncate font-mono text-xs">
        {row.ai_provider}/{row.ai_model}
      </span>
      <span className="sr-only">, {STATUS_LABELS[row.status]}, </span>
      <span className="shrink-0 text-ink-faint text-2xs tabular-nums">
        <VariantHint row={row} />
      </span>
    </a>
  )
}

function VariantHint({ row }: { row: VariantRow }) {
  if (row.status === 'generating') return row.total_pages ? `${row.page_count}/${row.total_pages}` : '…'
  return row.last_generated ? <TimeAgo iso={row.last_generated} /> : null
}
