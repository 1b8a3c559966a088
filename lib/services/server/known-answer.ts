interface Freshness {
  freshMs: number
  now?: () => number
}

export interface KnownAnswer<Value> {
  /** The last answer. Once it is stale it is asked for anew, but nobody waits for that. */
  get(): Promise<Value>
  /** A new answer. */
  renewed(): Promise<Value>
}

/** Keeps the answer of a slow question. A question that fails is forgotten: its caller gets the error, the next asks again. */
export function knownAnswer<Value>(
  ask: () => Promise<Value>,
  { freshMs, now = Date.now }: Freshness,
): KnownAnswer<Value> {
  let known: { value: Value; atMs: number } | null = null
  let asking: Promise<Value> | null = null

  function start(): Promise<Value> {
    const mine = answered().finally(() => {
      if (asking === mine) asking = null
    })
    asking = mine
    return mine
  }
  async function answered(): Promise<Value> {
    const atMs = now()
    const value = await ask()
    if (!known || known.atMs <= atMs) known = { value, atMs }
    return value
  }
  return {
    async get() {
      if (!known) return await (asking ?? start())
      // Its error is no reason to take the old answer from anybody.
      if (now() - known.atMs > freshMs && !asking) start().catch(() => undefined)
      return known.value
    },
    renewed: start,
  }
}
