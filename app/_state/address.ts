import { filterIn, withFilter } from '#app/_components/tree/filter-address.ts'
import { NO_FILTER, type TreeFilter } from '#app/_components/tree/filter-rows.ts'

/** Typing changes the address when it pauses: browsers refuse to change it for every key. */
const PAUSE_MS = 250

const listeners = new Set<() => void>()
let typed: TreeFilter | null = null
let returned = false
let pause: ReturnType<typeof setTimeout> | undefined

/** Shows another place without asking the server for a page; back and reload lead to it. The list stays as it is. */
export function goTo(href: string): void {
  writeTyped()
  write('pushState', withFilter(href, filterHere()))
}

/** What the address bar says. */
export function addressHere(): string {
  return window.location.pathname + window.location.search
}

/** The same without what it says of the list. */
export function placeHere(): string {
  return withFilter(addressHere(), NO_FILTER)
}

/** What the address says the list shows. */
export function filterHere(): TreeFilter {
  return filterIn(new URLSearchParams(window.location.search))
}

/** Puts what the list shows into the address, a step that back takes back. */
export function addFilterStep(filter: TreeFilter): void {
  writeTyped()
  write('pushState', withFilter(addressHere(), filter))
}

/** Puts what the list shows into the address in place of what it said, once typing pauses. */
export function replaceFilter(filter: TreeFilter): void {
  typed = filter
  clearTimeout(pause)
  pause = setTimeout(writeTyped, PAUSE_MS)
}

/** Whether back or forward led here, rather than a link. */
export function wasReturn(): boolean {
  return returned
}

export function subscribeAddress(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Follows back and forward until the returned function is called. All places of the dashboard are one page that has the
 * whole list, so the framework must not hear of it: it would fetch another page, and stall when several steps come fast.
 */
export function followHistory(): () => void {
  function follow(event: PopStateEvent): void {
    event.stopImmediatePropagation()
    dropTyped()
    returned = true
    tell()
  }
  window.addEventListener('popstate', follow, true)
  return () => window.removeEventListener('popstate', follow, true)
}

function writeTyped(): void {
  const filter = typed
  dropTyped()
  if (filter) write('replaceState', withFilter(addressHere(), filter))
}

function dropTyped(): void {
  typed = null
  clearTimeout(pause)
}

/** By the browser's own method: the framework puts one in front of it that tells its router. */
function write(method: 'pushState' | 'replaceState', href: string): void {
  returned = false
  History.prototype[method].call(window.history, null, '', href)
  tell()
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}
