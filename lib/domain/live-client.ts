import type { DataFrame, ServerFrame } from '#lib/domain/frames.ts'

/** Waits before the first three attempts after a drop; after them the client polls and keeps trying. */
export const RETRY_DELAYS_MS = [1_000, 2_000, 4_000] as const
export const POLL_INTERVAL_MS = 10_000
export const MAX_RETRY_DELAY_MS = 30_000
/** The server pings every 30 s: after two missed pings the socket is taken for dead. */
export const SILENCE_LIMIT_MS = 75_000
/** The close code that means "do not reconnect". */
export const NORMAL_CLOSE = 1000
/** The close code of a server that does not accept this session, key or role any more. */
const REFUSED_CLOSE = 1008

export const TIMERS = ['retry', 'poll', 'silence'] as const
export type LiveTimer = (typeof TIMERS)[number]

export interface LiveState {
  phase: 'idle' | 'connecting' | 'open' | 'waiting' | 'ended'
  /** Attempts that failed since the last frame arrived. */
  failures: number
  polling: boolean
  pollFailed: boolean
  /** Place in the viewer's stream; null asks for a whole `sync`. */
  lastSeq: number | null
}

export type LiveEvent =
  | { type: 'start' | 'opened' | 'retry_due' | 'poll_due' | 'silence_due' | 'polled' | 'poll_failed' }
  /** The network came back or the page became visible: try at once. */
  | { type: 'wake' }
  /** The server no longer knows this session. */
  | { type: 'session_over' }
  | { type: 'stop' }
  | { type: 'closed'; code: number }
  | { type: 'frame'; frame: ServerFrame }

export type LiveEffect =
  | { type: 'connect'; since: number | null }
  | { type: 'close' | 'pong' | 'poll' | 'session_ended' }
  | { type: 'apply'; frame: DataFrame }
  | { type: 'schedule'; timer: LiveTimer; delayMs: number }
  | { type: 'cancel'; timer: LiveTimer }

export interface LiveStep {
  state: LiveState
  effects: LiveEffect[]
}

/** What the header says. `connecting` only before the first attempt has succeeded or failed. */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline'

export const INITIAL_LIVE_STATE: LiveState = {
  phase: 'idle',
  failures: 0,
  polling: false,
  pollFailed: false,
  lastSeq: null,
}

export function connectionOf(state: LiveState): Connection {
  if (state.phase === 'open') return 'live'
  if (state.polling && state.phase !== 'ended') return state.pollFailed ? 'offline' : 'polling'
  return state.failures === 0 && (state.phase === 'idle' || state.phase === 'connecting') ? 'connecting' : 'offline'
}

/** The live client as a pure function. `random` in [0, 1) spreads the retries of many clients. */
export function stepLive(state: LiveState, event: LiveEvent, random: number): LiveStep {
  if (state.phase === 'ended') return event.type === 'session_over' ? sessionOver(state) : unchanged(state)
  switch (event.type) {
    case 'start':
      return state.phase === 'idle' ? connect(state) : unchanged(state)
    case 'opened':
      return opened(state)
    case 'frame':
      return received(state, event.frame)
    case 'closed':
      return closed(state, event.code, random)
    case 'silence_due':
      return withEffects({ type: 'close' }, dropped(state, random))
    case 'retry_due':
      return connect(state)
    case 'poll_due':
      return { state, effects: state.polling ? poll() : [] }
    case 'polled':
      return polled(state)
    case 'poll_failed':
      return { state: { ...state, pollFailed: true }, effects: [] }
    case 'wake':
      return state.phase === 'waiting'
        ? withEffects({ type: 'cancel', timer: 'retry' }, connect(state))
        : unchanged(state)
    case 'session_over':
      return sessionOver(state)
    case 'stop':
      return end(state, [{ type: 'close' }])
  }
}

function unchanged(state: LiveState): LiveStep {
  return { state, effects: [] }
}

function sessionOver(state: LiveState): LiveStep {
  return end(state, [{ type: 'close' }, { type: 'session_ended' }])
}

function withEffects(first: LiveEffect, step: LiveStep): LiveStep {
  return { state: step.state, effects: [first, ...step.effects] }
}

function connect(state: LiveState): LiveStep {
  return { state: { ...state, phase: 'connecting' }, effects: [{ type: 'connect', since: state.lastSeq }] }
}

function opened(state: LiveState): LiveStep {
  return {
    state: { ...state, phase: 'open', polling: false, pollFailed: false },
    effects: [{ type: 'cancel', timer: 'poll' }, silence()],
  }
}

/** Failures are forgotten at the first frame, not at the handshake: a server that accepts and drops is still failing. */
function received(state: LiveState, frame: ServerFrame): LiveStep {
  const alive = { ...state, failures: 0 }
  if (frame.type === 'ping') return { state: alive, effects: [silence(), { type: 'pong' }] }
  const next = { ...alive, lastSeq: frame.seq }
  const last = state.lastSeq
  if (frame.type === 'sync' || last === null) return { state: next, effects: [silence(), { type: 'apply', frame }] }
  if (frame.seq <= last) return { state: alive, effects: [silence()] }
  const missed: LiveEffect[] = frame.seq > last + 1 ? [{ type: 'poll' }] : []
  return { state: next, effects: [silence(), { type: 'apply', frame }, ...missed] }
}

function silence(): LiveEffect {
  return { type: 'schedule', timer: 'silence', delayMs: SILENCE_LIMIT_MS }
}

/** A refusal is looked into at once: the answer to a poll tells an ended session from a right that has changed. */
function closed(state: LiveState, code: number, random: number): LiveStep {
  if (code === NORMAL_CLOSE) return end(state, [{ type: 'poll' }])
  const step = dropped(state, random)
  return code === REFUSED_CLOSE && !step.state.polling ? withEffects({ type: 'poll' }, step) : step
}

/** A list that came while no socket was open is newer than the place in the stream. */
function polled(state: LiveState): LiveStep {
  const lastSeq = state.phase === 'open' ? state.lastSeq : null
  return { state: { ...state, pollFailed: false, lastSeq }, effects: [] }
}

function dropped(state: LiveState, random: number): LiveStep {
  const failures = state.failures + 1
  const startPolling = failures > RETRY_DELAYS_MS.length && !state.polling
  return {
    state: { ...state, phase: 'waiting', failures, polling: state.polling || startPolling },
    effects: [
      { type: 'cancel', timer: 'silence' },
      ...(startPolling ? poll() : []),
      { type: 'schedule', timer: 'retry', delayMs: retryDelay(failures, random) },
    ],
  }
}

/** 1, 2, 4 s exactly; then doubling up to 30 s, of which the second half is left to chance. */
function retryDelay(failures: number, random: number): number {
  const exact = RETRY_DELAYS_MS[failures - 1]
  if (exact !== undefined) return exact
  const full = Math.min(MAX_RETRY_DELAY_MS, 1_000 * 2 ** Math.min(failures - 1, 10))
  return Math.round(full / 2 + (full / 2) * random)
}

function poll(): LiveEffect[] {
  return [{ type: 'poll' }, { type: 'schedule', timer: 'poll', delayMs: POLL_INTERVAL_MS }]
}

function end(state: LiveState, effects: LiveEffect[]): LiveStep {
  const cancels = TIMERS.map((timer): LiveEffect => ({ type: 'cancel', timer }))
  return { state: { ...state, phase: 'ended', polling: false }, effects: [...cancels, ...effects] }
}
