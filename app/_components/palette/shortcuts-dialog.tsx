'use client'

import { useId, useState } from 'react'
import { PanelDialog } from '#app/_components/dialogs/panel-dialog.tsx'
import { COMMAND_GROUPS, type Command } from '#app/_components/palette/commands.ts'
import { singleKeysOn, turnSingleKeys } from '#app/_components/palette/single-keys.ts'
import { useCommands } from '#app/_components/palette/use-commands.ts'

const TREE_KEYS = [
  ['↑ ↓', 'Line up, line down'],
  ['→ ←', 'Open, close, go in or out'],
  ['Home End', 'First, last'],
  ['Enter', 'Show'],
] as const

/** Which keys do what, here and now, and the switch that turns single keys off. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const commands = useCommands().filter(({ key }) => key)
  return (
    <PanelDialog title="Keyboard shortcuts" onClose={onClose}>
      <div className="space-y-5 pt-3">
        <KeyList title="Anything" lines={[['Ctrl K or ⌘ K', 'Go to anything']]} />
        {COMMAND_GROUPS.map((group) => (
          <KeyList key={group} title={group} lines={commands.filter((command) => command.group === group).map(line)} />
        ))}
        <KeyList title="In the list" lines={TREE_KEYS} />
        <SingleKeysSwitch />
      </div>
    </PanelDialog>
  )
}

function line({ key = '', label }: Command): [string, string] {
  return [key, label]
}

function KeyList({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }) {
  if (lines.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-ink-faint text-xs">{title}</h3>
      <dl className="border-line border-t">
        {lines.map(([keys, what]) => (
          <div key={keys} className="flex items-baseline justify-between gap-4 border-line border-b py-1.5">
            <dt>
              <kbd className="font-mono text-[0.8125rem]">{keys}</kbd>
            </dt>
            <dd className="text-right text-ink-soft">{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function SingleKeysSwitch() {
  const id = useId()
  const [on, setOn] = useState(singleKeysOn)
  return (
    <div className="flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        checked={on}
        onChange={(event) => {
          turnSingleKeys(event.target.checked)
          setOn(event.target.checked)
        }}
        className="mt-0.5 size-4.5 accent-accent"
      />
      <label htmlFor={id}>
        Single keys act <span className="block text-ink-faint text-xs">In this browser. Ctrl K works in any case.</span>
      </label>
    </div>
  )
}
