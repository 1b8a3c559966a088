import type { ReactNode } from 'react'
import { ConnectionBadge } from '#app/_components/ui/connection-badge.tsx'
import { PaletteButton } from '#app/_components/ui/palette-button.tsx'
import { PlaceLink } from '#app/_components/ui/place-link.tsx'
import { UserMenu } from '#app/_components/ui/user-menu.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'
import type { Connection } from '#lib/domain/live-client.ts'

interface Props {
  connection: Connection
  /** The button that opens the list on a phone. */
  children: ReactNode
}

export function Header({ connection, children }: Props) {
  return (
    <header className="flex min-w-0 items-center gap-3 border-line border-b px-3 md:px-4">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      {children}
      <PlaceLink href="/" aria-label="docsfy, overview" className="inline-flex shrink-0">
        <Wordmark />
      </PlaceLink>
      <span className="flex-auto" />
      <PaletteButton />
      <ConnectionBadge connection={connection} />
      <UserMenu />
    </header>
  )
}
