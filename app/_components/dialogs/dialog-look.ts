export const OVERLAY_LOOK = 'fixed inset-0 z-40 bg-veil'
export const DIALOG_LOOK =
  'fixed inset-x-4 top-[8dvh] z-50 mx-auto max-h-[84dvh] max-w-lg overflow-y-auto rounded-lg border border-line bg-surface p-6 text-ink shadow-lifted'
