import { useCallback, useEffect, useRef, useState } from 'react'
import type { RunLogStore } from '#app/_state/run-log-store.ts'
import type { VariantStore } from '#app/_state/variant-store.ts'
import { type ApiClient, ApiError } from '#lib/api-client.ts'
import { type DataFrame, eventsOf } from '#lib/domain/frames.ts'
import type { Connection } from '#lib/domain/live-client.ts'
import { type LiveFeed, type LiveSocket, type SocketHandlers, startLiveFeed } from '#lib/domain/live-feed.ts'

export interface FeedTargets {
  api: ApiClient
  variants: VariantStore
  logs: RunLogStore
}

export interface Feed {
  connection: Connection
  /** Fetches the list once. */
  refetch: () => void
}

/** Keeps the stores up to date for as long as the page lives, and tells how. An ended session leads to login and back. */
export function useLiveFeed({ api, variants, logs }: FeedTargets): Feed {
  const running = useRef<LiveFeed>(null)
  const [connection, setConnection] = useState<Connection>('connecting')

  useEffect(() => {
    const feed = startLiveFeed({
      openSocket,
      fetchProjects: () => api.projects(),
      onFrame: (frame) => takeFrame(frame, { api, variants, logs }),
      onProjects: variants.replace,
      onConnection: setConnection,
      onSessionEnded: goToLogin,
      isSessionOver: (error) => error instanceof ApiError && error.status === 401,
    })
    running.current = feed
    const wake = () => document.visibilityState === 'visible' && feed.wake()
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      feed.stop()
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [api, variants, logs])

  const refetch = useCallback(() => running.current?.refetch(), [])
  return { connection, refetch }
}

function takeFrame(frame: DataFrame, { variants, logs }: FeedTargets): boolean {
  if (frame.type === 'progress') logs.add(frame.run_id, eventsOf(frame))
  return variants.apply(frame)
}

/** Asks for login, then for the page that is open now. */
export function goToLogin(): void {
  const here = window.location.pathname + window.location.search
  window.location.assign(`/login?next=${encodeURIComponent(here)}`)
}

function openSocket(since: number | null, handlers: SocketHandlers): LiveSocket {
  const address = new URL('/api/ws', window.location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  if (since !== null) address.searchParams.set('since', String(since))
  const socket = new WebSocket(address)
  socket.onopen = () => handlers.opened()
  socket.onmessage = ({ data }) => handlers.message(String(data))
  socket.onclose = ({ code }) => handlers.closed(code)
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => socket.close(1000),
  }
}
