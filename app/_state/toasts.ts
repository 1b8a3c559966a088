type ToastKind = 'success' | 'error'

export interface Toast {
  id: number
  kind: ToastKind
  text: string
}

const listeners = new Set<() => void>()
const NONE: readonly Toast[] = []
let toasts = NONE
let lastId = 0

/** Shows a short message. */
export function showToast(kind: ToastKind, text: string): void {
  lastId += 1
  change([...toasts, { id: lastId, kind, text }])
}

export function dismissToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Oldest first. */
export function currentToasts(): readonly Toast[] {
  return toasts
}

/** A server has nothing to say yet. */
export function noToasts(): readonly Toast[] {
  return NONE
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
