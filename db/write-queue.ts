/**
 * The single-writer rule: a SQLite file takes one writer, and transactions that are begun side by side fail with
 * SQLITE_BUSY, so this process does its writes one after the other.
 */
export interface WriteQueue {
  /** End of the queue; never rejects. */
  last: Promise<unknown>
  /** How many writes have ended. */
  ended: number
}

export function newWriteQueue(): WriteQueue {
  return { last: Promise.resolve(), ended: 0 }
}

/** Runs `work` after everything that was queued before, whether that worked or not. Settles as `work` does. */
export function inTurn<Value>(queue: WriteQueue, work: () => Promise<Value>): Promise<Value> {
  const result = queue.last.then(work).finally(() => {
    queue.ended += 1
  })
  queue.last = result.catch(() => undefined)
  return result
}
