'use client'

import { Command } from 'lucide-react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** Opens the command palette, for those who do not know its keys yet. */
export function PaletteButton() {
  const { ask } = useDashboard()
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      title="Go to anything (Ctrl K or ⌘ K)"
      onClick={() => ask({ kind: 'palette' })}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border border-line px-2 text-ink-faint text-xs hover:border-line-strong hover:text-ink"
    >
      <Command aria-hidden="true" className="size-3.5" />
      <span className="sr-only">Go to anything</span>
      <span className="hidden sm:inline">Ctrl K</span>
    </button>
  )
}
