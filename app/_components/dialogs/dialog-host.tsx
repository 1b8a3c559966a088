'use client'

import dynamic from 'next/dynamic'
import type { DialogRequest } from '#app/_state/dialog-request.ts'

const Generate = dynamic(() => import('#app/_components/generate/generate-dialog.tsx'))
const Regenerate = dynamic(() => import('#app/_components/generate/regenerate-dialog.tsx'))
const Abort = dynamic(() => import('#app/_components/dialogs/abort-dialog.tsx'))
const Delete = dynamic(() => import('#app/_components/dialogs/delete-dialog.tsx'))
const DeleteProject = dynamic(() => import('#app/_components/dialogs/delete-project-dialog.tsx'))
const RotateOwnKey = dynamic(() => import('#app/_components/dialogs/rotate-own-key-dialog.tsx'))
const Shortcuts = dynamic(() => import('#app/_components/palette/shortcuts-dialog.tsx'))
const Palette = dynamic(() => import('#app/_components/palette/palette.tsx'))

interface Props {
  dialog: DialogRequest | null
  onClose: () => void
}

/** The one dialog that is open; its code is loaded when it is first opened. */
export function DialogHost({ dialog, onClose }: Props) {
  if (!dialog) return null
  switch (dialog.kind) {
    case 'generate':
      return <Generate address={dialog.address} initialBranch={dialog.branch} onClose={onClose} />
    case 'regenerate':
      return <Regenerate row={dialog.row} onClose={onClose} />
    case 'abort':
      return <Abort row={dialog.row} onClose={onClose} />
    case 'delete':
      return <Delete row={dialog.row} onClose={onClose} />
    case 'delete_project':
      return <DeleteProject rows={dialog.rows} onClose={onClose} />
    case 'rotate_key':
      return <RotateOwnKey onClose={onClose} />
    case 'shortcuts':
      return <Shortcuts onClose={onClose} />
    case 'palette':
      return <Palette onClose={onClose} />
  }
}
