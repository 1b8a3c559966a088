import { useSyncExternalStore } from 'react'

/** Whether scripts have taken over what the server rendered; a form that is sent before that would only load the page again. */
export function useHydrated(): boolean {
  return useSyncExternalStore(subscribe, inBrowser, onServer)
}

function subscribe(): () => void {
  return () => undefined
}

function inBrowser(): boolean {
  return true
}

function onServer(): boolean {
  return false
}
