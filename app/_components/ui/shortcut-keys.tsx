'use client'

import { useEffect, useEffectEvent } from 'react'
import { commandsFor } from '#app/_components/palette/commands.ts'
import { singleKeysOn } from '#app/_components/palette/single-keys.ts'
import { useSelectedKey } from '#app/_hooks/use-place.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

/** Listens for the keys of the commands. While a dialog is open or text is typed, keys are only text. */
export function ShortcutKeys({ dialogOpen }: { dialogOpen: boolean }) {
  const { viewer, variants, ask } = useDashboard()
  const selectedKey = useSelectedKey()

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (dialogOpen || event.defaultPrevented) return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      ask({ kind: 'palette' })
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !singleKeysOn()) return
    const row = selectedKey === null ? null : variants.row(selectedKey)
    const command = commandsFor({ viewer, row, ask }).find(({ key }) => key === event.key)
    if (!command) return
    event.preventDefault()
    command.run()
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null
}
