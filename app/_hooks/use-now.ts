import { useCallback, useSyncExternalStore } from 'react'

/** The current time in steps of `stepMs`; null while the page is rendered on the server, whose clock and zone are not ours. */
export function useNow(stepMs: number): number | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, stepMs)
      return () => clearInterval(timer)
    },
    [stepMs],
  )
  const read = useCallback(() => Math.floor(Date.now() / stepMs) * stepMs, [stepMs])
  return useSyncExternalStore(subscribe, read, onServer)
}

function onServer(): null {
  return null
}
