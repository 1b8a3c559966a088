import { type ComponentType, useEffect, useState } from 'react'

/**
 * A part of the page that is loaded once it is `wanted`; null until then. Without a connection the page goes on without
 * it, and asks again when the browser is online.
 */
export function usePart<Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  wanted: boolean,
): ComponentType<Props> | null {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  useEffect(() => {
    if (!wanted) return
    const leaving = new AbortController()
    const tryIt = () =>
      load().then(
        (module) => leaving.signal.aborted || setPart(() => module.default),
        () => window.addEventListener('online', tryIt, { once: true, signal: leaving.signal }),
      )
    void tryIt()
    return () => leaving.abort()
  }, [load, wanted])
  return Part
}
