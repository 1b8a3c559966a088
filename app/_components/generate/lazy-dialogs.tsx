'use client'

import dynamic from 'next/dynamic'

/** The forms are loaded when they are first opened. */
export const LazyGenerateDialog = dynamic(() => import('#app/_components/generate/generate-dialog.tsx'))
export const LazyRegenerateDialog = dynamic(() => import('#app/_components/generate/regenerate-dialog.tsx'))
