'use client'

import { Command as Cmdk } from 'cmdk'
import type { PaletteEntry } from '#app/_components/palette/use-palette-entries.ts'
import { StatusDot } from '#app/_components/ui/status-badge.tsx'
import { STATUS_LABELS } from '#lib/domain/stages.ts'

interface Props {
  title: string
  entries: PaletteEntry[]
  onRun: (action: () => void) => void
}

/** A group of the palette. */
export function PaletteGroup({ title, entries, onRun }: Props) {
  return (
    <Cmdk.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {entries.map(({ id, label, detail, status, keyName, run }) => (
        <Cmdk.Item
          key={id}
          value={id}
          onSelect={() => onRun(run)}
          className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 aria-selected:bg-accent-wash"
        >
          {status && <StatusDot status={status} />}
          <span className="min-w-0 flex-1 truncate">
            {label}
            {detail && <span className="ml-2 font-mono text-ink-soft text-xs">{detail}</span>}
          </span>
          {status && <span className="sr-only">, {STATUS_LABELS[status]}</span>}
          {keyName && (
            <kbd className="rounded border border-line px-1.5 font-mono text-ink-soft text-xs">{keyName}</kbd>
          )}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}
