'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { withFilter } from '#app/_components/tree/filter-address.ts'
import { NO_FILTER } from '#app/_components/tree/filter-rows.ts'
import { useShape } from '#app/_hooks/use-shape.ts'
import { goTo, placeHere, subscribeAddress } from '#app/_state/address.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import {
  type LinkedVariant,
  linkedProject,
  linkedRow,
  type Place,
  parsePlace,
  type VariantDetailPlace,
  variantHref,
} from '#lib/domain/deep-link.ts'
import { type VariantIdentity, type VariantRow, variantKey } from '#lib/domain/variant.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'

/** What the address bar names. The address is the only place where the selection is kept. Null: nothing we know. */
export function usePlace(): Place | null {
  const { address } = useDashboard()
  const here = useSyncExternalStore(subscribeAddress, placeHere, () => withFilter(address, NO_FILTER))
  return useMemo(() => {
    const [pathname = '/', query] = here.split('?')
    return parsePlace(pathname, new URLSearchParams(query))
  }, [here])
}

/** Key of the variant the address names, known or not yet delivered; null when it is ambiguous or names none. */
export function useSelectedKey(): string | null {
  const { viewer } = useDashboard()
  const rows = useShape()
  const place = usePlace()
  return useMemo(
    () => (place?.kind === 'variant' ? keyOfLink(place.link, rows, viewer.username) : null),
    [place, rows, viewer.username],
  )
}

function keyOfLink(link: LinkedVariant, rows: readonly VariantRow[], viewer: string): string | null {
  const row = linkedRow(rows, link, viewer)
  if (row) return variantKeyOf(row)
  return link.owner === null ? null : variantKey({ ...link, owner: link.owner })
}

/** The variants of the project the address names. */
export function useLinkedProject(link: { name: string; owner: string | null }): VariantRow[] {
  const { viewer } = useDashboard()
  const rows = useShape()
  return linkedProject(rows, link, viewer.username)
}

export function select(identity: VariantIdentity, place?: VariantDetailPlace): void {
  goTo(variantHref(identity, place))
}

export function selectNothing(): void {
  goTo('/')
}
