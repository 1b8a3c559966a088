import type { Transport } from '#lib/domain/ai.ts'
import type { MostOfCall, Purse } from '#lib/domain/budgets.ts'
import { failure } from './failures.ts'
import { sentTokens } from './metering.ts'
import { costOf, type Price } from './prices.ts'

interface Spender {
  purse: Purse
  price: Price | null
}

/** A transport that makes no call before what it may cost at most is reserved; where no budget covers that, it fails with `budget`. */
export function withinBudget(transport: Transport, { purse, price }: Spender): Transport {
  return {
    async *ask(request) {
      const usage = { inputTokens: sentTokens(request), outputTokens: request.maxOutputTokens, cachedTokens: 0 }
      const most: MostOfCall = {
        usd: costOf({ ...usage, costUsd: null }, price),
        tokens: usage.inputTokens + usage.outputTokens,
        outputTokens: usage.outputTokens,
      }
      const leave = await purse.reserve(most, request.signal).catch(() => null)
      if (leave === null) return yield failure('cancelled', 'the call was cancelled')
      if ('refusal' in leave) return yield failure('budget', leave.refusal)
      try {
        yield* transport.ask(request)
      } finally {
        leave.release()
      }
    },
  }
}
