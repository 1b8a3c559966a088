import { expect, it } from 'vitest'
import { remember } from '#lib/remember.ts'
import { countDelivery } from '#lib/services/hooks/delivery-limit.ts'

it('forgets projects that had no delivery within the last minute', () => {
  for (const [project, atMs] of [
    ['old', 0],
    ['busy', 10_000],
    ['other', 20_000],
    ['busy', 59_000],
  ] as const)
    countDelivery(project, atMs)
  countDelivery('new', 85_000)
  expect([...remember('hook-deliveries', () => new Map()).keys()]).toEqual(['busy', 'new'])
})
