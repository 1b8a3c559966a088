import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { addressHere, wasReturn } from '#app/_state/address.ts'

/** How far down each address was read, for as long as the page lives. */
const tops = new Map<string, number>()

/** Another place begins at its top; back and forward lead to where it was left. `place` changes with the place. */
export function usePlaceScroll(scroller: RefObject<HTMLElement | null>, place: string): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const remember = () => tops.set(addressHere(), element.scrollTop)
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place scrolls
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = wasReturn() ? (tops.get(addressHere()) ?? 0) : 0
  }, [scroller, place])
}
