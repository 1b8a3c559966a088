'use client'

import dynamic from 'next/dynamic'

/** What opens on a click is loaded on that click, not with the page. */
export const LazyDrawerContent = dynamic(() => import('#app/_components/ui/drawer-content.tsx'))
