type ToastKind = 'success' | 'error'
type Show = (kind: ToastKind, text: string) => void

const ready = Promise.withResolvers<Show>()
const listeners = new Set<() => void>()
let wanted = false

/** Shows a short message, as soon as there is a place to show it. */
export function showToast(kind: ToastKind, text: string): void {
  wantToasts()
  void ready.promise.then((show) => show(kind, text))
}

/**
 * A message may follow: the place for it must be there before. The message that the server does not answer cannot be
 * fetched from the server.
 */
export function wantToasts(): void {
  wanted = true
  for (const listener of listeners) listener()
}

export function areToastsWanted(): boolean {
  return wanted
}

export function subscribeToastsWanted(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** For the component that hosts the messages: it is there. */
export function markToasterReady(show: Show): void {
  ready.resolve(show)
}
