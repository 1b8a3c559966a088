'use client'

import dynamic from 'next/dynamic'

// What opens on a click is loaded on that click, not with the page.
export const LazyDrawerContent = dynamic(() => import('#app/_components/ui/drawer-content.tsx'))
export const LazyConfirmDialog = dynamic(async () => {
  const { ConfirmDialog } = await import('#app/_components/dialogs/confirm-dialog.tsx')
  return ConfirmDialog
})
export const LazyCreateUserDialog = dynamic(async () => {
  const { CreateUserDialog } = await import('#app/_components/admin/create-user-dialog.tsx')
  return CreateUserDialog
})
export const LazyRotateUserKeyDialog = dynamic(async () => {
  const { RotateUserKeyDialog } = await import('#app/_components/admin/rotate-user-key-dialog.tsx')
  return RotateUserKeyDialog
})
