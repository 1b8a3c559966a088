export const OVERLAY_LOOK = 'fixed inset-0 z-40 bg-veil'
/** On a phone close to the top: a keyboard takes half of the screen. */
export const DIALOG_LOOK =
  'fixed inset-x-2 top-2 z-50 mx-auto max-h-[calc(100dvh-1rem)] max-w-lg scroll-pb-20 overflow-y-auto overscroll-contain rounded-lg border border-line bg-surface p-5 text-ink shadow-lifted outline-none sm:inset-x-4 sm:top-[8dvh] sm:max-h-[84dvh] sm:p-6'
