'use client'

import { Coins, KeyRound, ListOrdered, type LucideIcon, SlidersHorizontal, Users } from 'lucide-react'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { usePlace } from '#app/_hooks/use-place.ts'
import { ADMIN_SCREENS, type AdminScreen, adminHref } from '#lib/domain/deep-link.ts'

export const ADMIN_LABELS: Record<AdminScreen, { label: string; Icon: LucideIcon }> = {
  users: { label: 'Users', Icon: Users },
  access: { label: 'Access', Icon: KeyRound },
  queue: { label: 'Queue', Icon: ListOrdered },
  cost: { label: 'Cost', Icon: Coins },
  settings: { label: 'Settings', Icon: SlidersHorizontal },
}

/** The admin section of the sidebar. */
export function AdminLinks({ onChosen }: { onChosen: () => void }) {
  const place = usePlace()
  return (
    <nav aria-label="Administration" className="grid grid-cols-2 gap-1 border-line border-t p-2">
      {ADMIN_SCREENS.map((screen) => {
        const { label, Icon } = ADMIN_LABELS[screen]
        return (
          <PlaceLink
            key={screen}
            href={adminHref(screen)}
            onFollowed={onChosen}
            aria-current={place?.kind === 'admin' && place.screen === screen ? 'page' : undefined}
            className="flex h-8 items-center gap-2 rounded-md px-2 text-[0.8125rem] text-ink-soft hover:bg-sunken aria-[current]:bg-accent-wash aria-[current]:text-ink"
          >
            <Icon aria-hidden="true" className="size-3.5 shrink-0 text-ink-faint" />
            {label}
          </PlaceLink>
        )
      })}
    </nav>
  )
}
