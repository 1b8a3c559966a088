import { useCallback, useEffect, useRef, useState } from 'react'
import type { RunLogStore } from '#app/_state/run-log-store.ts'
import { goToLogin } from '#app/_state/session-end.ts'
import type { VariantStore } from '#app/_state/variant-store.ts'
import { type ApiClient, ApiError } from '#lib/api-client.ts'
import type { DataFrame } from '#lib/domain/frames.ts'
import type { Connection } from '#lib/domain/live-client.ts'
import type { LiveFeed, LiveSocket, SocketHandlers } from '#lib/domain/live-feed.ts'

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
    let left = false
    const start = ({ startLiveFeed, applyFrame, eventsOf }: FeedCode) => {
      if (left) return
      running.current = startLiveFeed({
        openSocket,
        fetchProjects: () => api.projects(),
        onFrame: (frame) => takeFrame(frame, { variants, logs, applyFrame, eventsOf }),
        onProjects: variants.replace,
        onConnection: setConnection,
        onSessionEnded: goToLogin,
        isSessionOver: (error) => error instanceof ApiError && error.status === 401,
      })
    }
    loadFeed().then(start, () => setConnection('offline'))
    const wake = () => document.visibilityState === 'visible' && running.current?.wake()
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    return () => {
      left = true
      running.current?.stop()
      running.current = null
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [api, variants, logs])

  const refetch = useCallback(() => running.current?.refetch(), [])
  return { connection, refetch }
}

type FeedCode = Awaited<ReturnType<typeof loadFeed>>

/** The page shows what the server rendered before the code that keeps it up to date has arrived. */
async function loadFeed() {
  const [{ startLiveFeed }, { applyFrame }, { eventsOf }] = await Promise.all([
    import('#lib/domain/live-feed.ts'),
    import('#lib/domain/apply-frame.ts'),
    import('#lib/domain/frames.ts'),
  ])
  return { startLiveFeed, applyFrame, eventsOf }
}

type FrameTargets = Omit<FeedTargets, 'api'> & Pick<FeedCode, 'applyFrame' | 'eventsOf'>

function takeFrame(frame: DataFrame, { variants, logs, applyFrame, eventsOf }: FrameTargets): boolean {
  if (frame.type === 'sync') {
    variants.replace(frame)
    return false
  }
  if (frame.type === 'progress') logs.add(frame.run_id, eventsOf(frame))
  let unknown = false
  variants.update((rows) => {
    const applied = applyFrame(rows, frame)
    unknown = applied.refetch
    return applied.rows
  })
  return unknown
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
