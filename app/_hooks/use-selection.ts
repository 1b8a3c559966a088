'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { useShape } from '#app/_hooks/use-shape.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { variantKeyOf } from '#lib/domain/apply-frame.ts'
import { type LinkedVariant, linkedRow, parseVariantPath, variantHref } from '#lib/domain/deep-link.ts'
import { type VariantIdentity, variantKey } from '#lib/domain/variant.ts'

export interface Selection {
  /** What the address names; null on the start page. */
  link: LinkedVariant | null
  /** Key of the variant it means, known or not yet delivered; null when it is ambiguous or nothing. */
  key: string | null
}

/** The variant the address bar names. The address is the only place where the selection is kept. */
export function useSelection(): Selection {
  const { viewer } = useDashboard()
  const pathname = usePathname()
  const owner = useSearchParams().get('owner')
  const rows = useShape()
  return useMemo(() => {
    const link = parseVariantPath(pathname, owner)
    if (!link) return { link, key: null }
    const row = linkedRow(rows, link, viewer.username)
    if (row) return { link, key: variantKeyOf(row) }
    return { link, key: link.owner === null ? null : variantKey({ ...link, owner: link.owner }) }
  }, [pathname, owner, rows, viewer.username])
}

/** Shows a variant without asking the server for a page; back and reload lead to it. */
export function select(identity: VariantIdentity): void {
  window.history.pushState(null, '', variantHref(identity))
}

export function selectNothing(): void {
  window.history.pushState(null, '', '/')
}
