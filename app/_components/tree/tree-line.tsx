'use client'

import { ChevronRight, GitBranch, Layers } from 'lucide-react'
import { memo } from 'react'
import { RepositoryText } from '#app/_components/tree/repository-text.tsx'
import { VariantText } from '#app/_components/tree/variant-text.tsx'
import type { TreeItem } from '#app/_components/tree/visible-items.ts'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { projectHref, variantHref } from '#lib/domain/deep-link.ts'
import { identityOf } from '#lib/domain/variant.ts'

interface Props {
  item: TreeItem
  selected: boolean
  tabStop: boolean
  onFocus: (id: string) => void
  onToggle: (id: string, open: boolean) => void
  onChosen: () => void
}

/** Takes a press while a long tree scrolls, too: the list around it refuses them until it has stood still for a moment. */
const LINE = 'pointer-events-auto flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-sunken'
const CHOSEN = 'bg-accent-wash text-ink hover:bg-accent-wash'

/** One line of the tree. */
export const TreeLine = memo(function TreeLine(props: Props) {
  const { item, selected, tabStop, onFocus, onToggle, onChosen } = props
  const common = {
    role: 'treeitem',
    'aria-level': item.level,
    'aria-posinset': item.position,
    'aria-setsize': item.setSize,
    'aria-selected': selected,
    'data-item': item.id,
    tabIndex: tabStop ? 0 : -1,
    onFocus: () => onFocus(item.id),
  }
  const look = `${LINE} ${selected ? CHOSEN : ''}`
  if (item.kind === 'variant')
    return (
      <PlaceLink
        {...common}
        href={variantHref(identityOf(item.node.row))}
        onFollowed={onChosen}
        className={`${look} pl-11`}
      >
        <VariantText known={item.node.row} />
      </PlaceLink>
    )
  if (item.kind === 'project')
    return (
      <PlaceLink {...common} href={projectHref(item.node)} onFollowed={onChosen} className={`${look} pl-6`}>
        <Layers aria-hidden="true" className="size-3.5 shrink-0 text-ink-faint" />
        <span className="text-ink-soft text-xs">All variants</span>
      </PlaceLink>
    )
  return (
    <button
      type="button"
      {...common}
      aria-expanded={item.open}
      onClick={() => onToggle(item.id, !item.open)}
      className={`${look} ${item.level === 2 ? 'pl-6' : ''}`}
    >
      <ChevronRight
        aria-hidden="true"
        className={`size-3.5 shrink-0 text-ink-faint transition-transform ${item.open ? 'rotate-90' : ''}`}
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
})
