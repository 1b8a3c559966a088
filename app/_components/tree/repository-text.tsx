import { type RepositoryNode, statusParts, variantCount } from '#app/_components/tree/build-tree.ts'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'

/** A repository in the tree; closed, with how its variants are. */
export function RepositoryText({ node, open }: { node: RepositoryNode; open: boolean }) {
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
