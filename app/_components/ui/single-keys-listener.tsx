'use client'

import { useEffect, useEffectEvent } from 'react'
import { commandsFor } from '#app/_components/palette/commands.ts'
import { singleKeysOn } from '#app/_components/palette/single-keys.ts'
import { useSelectedKey } from '#app/_hooks/use-place.ts'
import { useVariantActions } from '#app/_hooks/use-variant-actions.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

interface Props {
  dialogOpen: boolean
  /** Pressed before this was here, or null. */
  first: KeyboardEvent | null
}

/** Listens for the keys of the commands. While a dialog is open or text is typed, keys are only text. */
export default function SingleKeysListener({ dialogOpen, first }: Props) {
  const { viewer, variants, ask } = useDashboard()
  const { resume } = useVariantActions()
  const selectedKey = useSelectedKey()

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (dialogOpen || event.defaultPrevented) return
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !singleKeysOn()) return
    const row = selectedKey === null ? null : variants.row(selectedKey)
    const command = commandsFor({ viewer, row, ask, resume }).find(({ key }) => key === event.key)
    if (!command) return
    event.preventDefault()
    command.run()
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    if (first) listen(first)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [first])
  return null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null
}
