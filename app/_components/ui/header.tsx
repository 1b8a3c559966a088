import Link from 'next/link'
import type { ReactNode } from 'react'
import { ConnectionBadge } from '#app/_components/ui/connection-badge.tsx'
import { UserMenu } from '#app/_components/ui/user-menu.tsx'
import { Wordmark } from '#app/_components/ui/wordmark.tsx'
import { selectNothing } from '#app/_hooks/use-selection.ts'
import type { Connection } from '#lib/domain/live-client.ts'
import type { MeResponse } from '#lib/domain/requests.ts'

interface Props {
  viewer: MeResponse
  connection: Connection
  onLogout: () => void
  /** The button that opens the list on a phone. */
  children: ReactNode
}

export function Header({ viewer, connection, onLogout, children }: Props) {
  return (
    <header className="flex items-center gap-3 border-line border-b px-3 md:px-4">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      {children}
      <Link
        href="/"
        aria-label="docsfy, overview"
        className="inline-flex"
        onNavigate={(event) => {
          event.preventDefault()
          selectNothing()
        }}
      >
        <Wordmark />
      </Link>
      <span className="flex-1" />
      <ConnectionBadge connection={connection} />
      <UserMenu viewer={viewer} onLogout={onLogout} />
    </header>
  )
}
