import { useEffect, useEffectEvent } from 'react'

const PRESSES = ['pointerdown', 'keydown'] as const

/** Calls `begin` once, when a person first presses anything: from then on what they do may have a result to show. */
export function useFirstPress(begin: () => void): void {
  const onPress = useEffectEvent(begin)
  useEffect(() => {
    const leaving = new AbortController()
    const press = () => {
      leaving.abort()
      onPress()
    }
    for (const kind of PRESSES) window.addEventListener(kind, press, { capture: true, signal: leaving.signal })
    return () => leaving.abort()
  }, [])
}
