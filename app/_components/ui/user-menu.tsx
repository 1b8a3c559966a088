'use client'

import { ChevronDown } from 'lucide-react'
import { type ComponentProps, type ComponentType, useState } from 'react'
import type { UserMenuProps } from '#app/_components/ui/user-menu-open.tsx'
import { useDashboard } from '#app/_state/dashboard-context.tsx'

const importMenu = () => import('#app/_components/ui/user-menu-open.tsx')

/** Who is signed in, the theme, and the way out. The menu itself is loaded when somebody reaches for it. */
export function UserMenu() {
  const { viewer } = useDashboard()
  const [Menu, setMenu] = useState<ComponentType<UserMenuProps> | null>(null)
  const open = () => void importMenu().then((module) => setMenu(() => module.default))
  if (Menu) return <Menu trigger={<MenuButton name={viewer.username} />} />
  return (
    <MenuButton
      name={viewer.username}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={importMenu}
      onFocus={importMenu}
      onClick={open}
    />
  )
}

function MenuButton({ name, ...rest }: ComponentProps<'button'> & { name: string }) {
  return (
    <button
      type="button"
      {...rest}
      className="inline-flex h-9 min-w-0 items-center gap-1.5 rounded-md px-2 font-medium text-[0.8125rem] text-ink hover:bg-sunken"
    >
      <span className="max-w-32 truncate">{name}</span>
      <ChevronDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
    </button>
  )
}
