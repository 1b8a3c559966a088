type ToastKind = 'success' | 'error'

let wanted = false
const listeners = new Set<() => void>()
const mounted = Promise.withResolvers<void>()

/** Shows a short message. The library behind it is loaded with the first one. */
export function showToast(kind: ToastKind, text: string): void {
  wanted = true
  for (const listener of listeners) listener()
  void Promise.all([import('sonner'), mounted.promise]).then(([{ toast }]) => toast[kind](text))
}

/** For the component that hosts the messages: whether one was asked for, and where to say that it is there. */
export const toastHost = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  wanted: () => wanted,
  neverOnServer: () => false,
  markMounted: () => mounted.resolve(),
}
