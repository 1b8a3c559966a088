type ToastKind = 'success' | 'error'
type Show = (kind: ToastKind, text: string) => void

const ready = Promise.withResolvers<Show>()

/** Shows a short message, as soon as there is a place to show it. */
export function showToast(kind: ToastKind, text: string): void {
  void ready.promise.then((show) => show(kind, text))
}

/** For the component that hosts the messages: it is there. */
export function markToasterReady(show: Show): void {
  ready.resolve(show)
}
