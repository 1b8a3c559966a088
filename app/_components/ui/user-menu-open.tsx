'use client'

import { Check } from 'lucide-react'
import * as DropdownMenu from 'radix-ui/dropdown-menu'
import type { ReactNode } from 'react'
import { THEME_LABELS, THEMES, type Theme } from '#app/_components/ui/themes.ts'
import { useLogout } from '#app/_hooks/use-logout.ts'
import { useTheme } from '#app/_hooks/use-theme.ts'
import { goTo } from '#app/_state/address.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { COST_HREF, CREDENTIALS_HREF } from '#lib/domain/deep-link.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'

const ITEM =
  'flex h-8 items-center gap-2 rounded px-2 text-[0.8125rem] outline-none data-[highlighted]:bg-sunken data-[highlighted]:text-ink'

export interface UserMenuProps {
  /** The button the menu hangs on. */
  trigger: ReactNode
}

/** The menu of the signed-in user; open when it is first shown, because a click has loaded it. */
export default function OpenUserMenu({ trigger }: UserMenuProps) {
  const { viewer, ask } = useDashboard()
  const logout = useLogout()
  const [theme, setTheme] = useTheme()
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-50 min-w-52 rounded-lg border border-line bg-surface p-1.5 text-ink-soft shadow-lifted"
      >
        <DropdownMenu.Label className="px-2 pt-1 pb-2 text-ink-faint text-xs">
          Signed in as <span className="font-medium text-ink">{viewer.username}</span>, {viewer.role}
        </DropdownMenu.Label>
        <DropdownMenu.Separator className="mx-1 mb-1 h-px bg-line" />
        <DropdownMenu.Label className="px-2 py-1 text-ink-faint text-xs">Appearance</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
          {THEMES.map((value) => (
            <DropdownMenu.RadioItem
              key={value}
              value={value}
              className={ITEM}
              onSelect={(event) => event.preventDefault()}
            >
              <span className="flex size-4 items-center">
                <DropdownMenu.ItemIndicator>
                  <Check className="size-4 text-accent" aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </span>
              {THEME_LABELS[value]}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="m-1 h-px bg-line" />
        {viewer.role !== 'viewer' && (
          <DropdownMenu.Item className={ITEM} onSelect={() => goTo(CREDENTIALS_HREF)}>
            <span className="size-4" />
            Private repositories
          </DropdownMenu.Item>
        )}
        <DropdownMenu.Item className={ITEM} onSelect={() => goTo(COST_HREF)}>
          <span className="size-4" />
          What my runs cost
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ITEM} onSelect={() => ask({ kind: 'shortcuts' })}>
          <span className="size-4" />
          Keyboard shortcuts
        </DropdownMenu.Item>
        {viewer.username !== ADMIN_USERNAME && (
          <DropdownMenu.Item className={ITEM} onSelect={() => ask({ kind: 'rotate_key' })}>
            <span className="size-4" />
            Get a new key
          </DropdownMenu.Item>
        )}
        <DropdownMenu.Item className={ITEM} onSelect={logout}>
          <span className="size-4" />
          Log out
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
