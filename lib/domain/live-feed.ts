import { type DataFrame, type ServerFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import {
  type Connection,
  connectionOf,
  INITIAL_LIVE_STATE,
  type LiveEffect,
  type LiveEvent,
  type LiveTimer,
  stepLive,
} from '#lib/domain/live-client.ts'
import type { ProjectsResponse } from '#lib/domain/variant.ts'

export interface LiveSocket {
  send(text: string): void
  close(): void
}

export interface SocketHandlers {
  opened(): void
  message(text: string): void
  closed(code: number): void
}

/** What differs between a browser and a terminal; everything else is the same for both. */
export interface LiveFeedOptions {
  openSocket(since: number | null, handlers: SocketHandlers): LiveSocket
  fetchProjects(): Promise<ProjectsResponse>
  /** Takes a frame in; true when the list must be fetched again. */
  onFrame(frame: DataFrame): boolean
  onProjects(list: ProjectsResponse): void
  onConnection(connection: Connection): void
  onSessionEnded(): void
  /** Whether a failed fetch means that the session is over. */
  isSessionOver(error: unknown): boolean
  random?: () => number
}

export interface LiveFeed {
  stop(): void
  /** Try at once instead of waiting for the next attempt. */
  wake(): void
  /** Fetches the list now; a fetch already under way answers for this one too. */
  refetch(): void
}

/** Carries out what `stepLive` decides: sockets, timers, polls. Starts at once. */
export function startLiveFeed(options: LiveFeedOptions): LiveFeed {
  const random = options.random ?? Math.random
  const timers = new Map<LiveTimer, ReturnType<typeof setTimeout>>()
  let state = INITIAL_LIVE_STATE
  let socket: LiveSocket | null = null
  let fetching = false
  let settled = 0

  function dispatch(event: LiveEvent): void {
    const before = connectionOf(state)
    const step = stepLive(state, event, random())
    state = step.state
    for (const effect of step.effects) perform(effect)
    const after = connectionOf(state)
    if (after !== before) options.onConnection(after)
  }

  function perform(effect: LiveEffect): void {
    if (effect.type === 'connect') connect(effect.since)
    else if (effect.type === 'apply') apply(effect.frame)
    else if (effect.type === 'schedule') schedule(effect.timer, effect.delayMs)
    else if (effect.type === 'cancel') cancel(effect.timer)
    else if (effect.type === 'close') close()
    else if (effect.type === 'pong') socket?.send('{"type":"pong"}')
    else if (effect.type === 'poll') refetch()
    else options.onSessionEnded()
  }

  function apply(frame: DataFrame): void {
    if (frame.type !== 'progress') settled += 1
    if (options.onFrame(frame)) refetch()
  }

  /** Words of an earlier socket are not heard any more. */
  function connect(since: number | null): void {
    close()
    const isCurrent = () => socket === mine
    const mine: LiveSocket = options.openSocket(since, {
      opened: () => isCurrent() && dispatch({ type: 'opened' }),
      message: (text) => isCurrent() && receive(text),
      closed: (code) => {
        if (!isCurrent()) return
        socket = null
        dispatch({ type: 'closed', code })
      },
    })
    socket = mine
  }

  function close(): void {
    const old = socket
    socket = null
    old?.close()
  }

  function receive(text: string): void {
    const frame = readFrame(text)
    if (frame) dispatch({ type: 'frame', frame })
  }

  /** An answer that was overtaken by an end or a sync on the feed is older than what is known: it is asked for again. */
  function refetch(): void {
    if (fetching) return
    fetching = true
    const settledBefore = settled
    void options.fetchProjects().then(
      (list) => {
        fetching = false
        if (settled !== settledBefore) return refetch()
        options.onProjects(list)
        dispatch({ type: 'polled' })
      },
      (error: unknown) => {
        fetching = false
        dispatch({ type: options.isSessionOver(error) ? 'session_over' : 'poll_failed' })
      },
    )
  }

  function schedule(timer: LiveTimer, delayMs: number): void {
    cancel(timer)
    timers.set(
      timer,
      setTimeout(() => dispatch({ type: `${timer}_due` }), delayMs),
    )
  }

  function cancel(timer: LiveTimer): void {
    clearTimeout(timers.get(timer))
    timers.delete(timer)
  }

  dispatch({ type: 'start' })
  return { stop: () => dispatch({ type: 'stop' }), wake: () => dispatch({ type: 'wake' }), refetch }
}

/** A frame this version knows, or null: a newer server may send others, and they must not hurt. */
function readFrame(text: string): ServerFrame | null {
  try {
    const parsed = serverFrameSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
