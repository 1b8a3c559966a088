import { type ProviderLimits, providerLimit } from '#lib/domain/provider-limits.ts'

export interface QueueLimits {
  maxRunning: number
  maxPerUser: number
  perProvider: ProviderLimits
}

/** A run with what limits and fairness ask about. Times are ISO 8601 UTC. */
export interface QueueEntry {
  id: string
  user: string
  provider: string
  queuedAt: string
}

export interface QueueState<Entry extends QueueEntry> {
  waiting: readonly Entry[]
  /** In the order in which they started. */
  running: readonly Pick<QueueEntry, 'user' | 'provider'>[]
  /** By user: when a run of theirs last started. */
  lastStarted: ReadonlyMap<string, string>
}

/** Later than any time of day, for users whose turn is already given away while the order is worked out. */
const GIVEN_AWAY_MS = 2 ** 52

/**
 * The run to start next, or null when the limits let none start. Users take turns: next is whoever was served longest
 * ago or, if that is later, began to wait first. So nobody is overtaken twice by the same user, however many runs that
 * user has queued.
 */
export function nextToStart<Entry extends QueueEntry>(state: QueueState<Entry>, limits: QueueLimits): Entry | null {
  return pick({ lanes: lanesOf(state), running: [...state.running] }, limits)?.entry ?? null
}

/** All waiting runs in the order in which they start when nothing is queued any more and runs end as they started. */
export function startOrder<Entry extends QueueEntry>(state: QueueState<Entry>, limits: QueueLimits): Entry[] {
  const place = { lanes: lanesOf(state), running: [...state.running] }
  const order: Entry[] = []
  while (order.length < state.waiting.length) {
    const picked = pick(place, limits)
    if (!picked) {
      place.running.shift()
      continue
    }
    const { lane, entry } = picked
    lane.entries.splice(lane.entries.indexOf(entry), 1)
    lane.givenAwayMs = GIVEN_AWAY_MS + order.length
    place.running.push(entry)
    order.push(entry)
  }
  return order
}

/** The waiting runs of one user, oldest first. */
interface Lane<Entry> {
  user: string
  servedMs: number
  givenAwayMs: number
  entries: Entry[]
}

interface Place<Entry> {
  lanes: Lane<Entry>[]
  running: Pick<QueueEntry, 'user' | 'provider'>[]
}

function lanesOf<Entry extends QueueEntry>({ waiting, lastStarted }: QueueState<Entry>): Lane<Entry>[] {
  const byUser = Map.groupBy([...waiting].sort(byAge), (entry) => entry.user)
  return [...byUser].map(([user, entries]) => {
    const served = lastStarted.get(user)
    return { user, servedMs: served ? Date.parse(served) : 0, givenAwayMs: 0, entries }
  })
}

function byAge(left: QueueEntry, right: QueueEntry): number {
  return compare(left.queuedAt, right.queuedAt) || compare(left.id, right.id)
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function pick<Entry extends QueueEntry>({ lanes, running }: Place<Entry>, limits: QueueLimits) {
  if (running.length >= limits.maxRunning) return null
  const users = counts(running.map(({ user }) => user))
  const providers = counts(running.map(({ provider }) => provider))
  const isFree = ({ provider }: Entry) => (providers.get(provider) ?? 0) < providerLimit(limits.perProvider, provider)
  let best: { lane: Lane<Entry>; entry: Entry; turnMs: number } | null = null
  for (const lane of lanes) {
    if ((users.get(lane.user) ?? 0) >= limits.maxPerUser) continue
    const entry = lane.entries.find(isFree)
    if (!entry) continue
    const turnMs = Math.max(lane.servedMs, lane.givenAwayMs, Date.parse(entry.queuedAt))
    const isEarlier = !best || turnMs < best.turnMs || (turnMs === best.turnMs && byAge(entry, best.entry) < 0)
    if (isEarlier) best = { lane, entry, turnMs }
  }
  return best
}

function counts(words: string[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const word of words) totals.set(word, (totals.get(word) ?? 0) + 1)
  return totals
}
