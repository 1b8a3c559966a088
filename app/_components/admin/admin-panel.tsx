'use client'

import type { ComponentType } from 'react'
import { AccessScreen } from '#app/_components/admin/access-screen.tsx'
import { CostScreen } from '#app/_components/admin/cost-screen.tsx'
import { QueueScreen } from '#app/_components/admin/queue-screen.tsx'
import { SettingsScreen } from '#app/_components/admin/settings-screen.tsx'
import { UsersScreen } from '#app/_components/admin/users-screen.tsx'
import { ADMIN_LABELS } from '#app/_components/ui/admin-links.tsx'
import { usePageTitle } from '#app/_hooks/use-page-title.ts'
import type { AdminScreen } from '#lib/domain/deep-link.ts'

const SCREENS: Record<AdminScreen, ComponentType> = {
  users: UsersScreen,
  access: AccessScreen,
  queue: QueueScreen,
  cost: CostScreen,
  settings: SettingsScreen,
}

/** One of the screens of administrators. */
export default function AdminPanel({ screen }: { screen: AdminScreen }) {
  const { label } = ADMIN_LABELS[screen]
  usePageTitle(label)
  const Screen = SCREENS[screen]
  return (
    <article aria-labelledby="admin-heading" className="mx-auto max-w-4xl px-4 py-6 md:px-8 md:py-8">
      <h1 id="admin-heading" className="mb-6 font-semibold text-xl tracking-tight">
        {label}
      </h1>
      <Screen key={screen} />
    </article>
  )
}
