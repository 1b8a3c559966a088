import { expect, it } from 'vitest'
import { throttled } from '#lib/auth/throttle.ts'

const wrong = async () => null
const right = async () => 'ann'
const refused = (seconds: number) => ({ code: 'too_many_requests', data: { retryAfterSeconds: seconds } })

it('lets ten wrong keys through, however many come at once, and none for the rest of the minute', async () => {
  const keys = ['address 10.0.0.1', 'name ann']
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => throttled(keys, wrong, () => 1000)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  await expect(throttled(['address 10.0.0.2', 'name ann'], right, () => 31_000)).rejects.toMatchObject(refused(30))
  await expect(throttled(['address 10.0.0.1', 'name bob'], right, () => 60_999)).rejects.toMatchObject(refused(1))
  expect(await throttled(keys, right, () => 61_000)).toBe('ann')
})

it('counts no success', async () => {
  const keys = ['address 10.0.0.9', 'name bob']
  for (let n = 0; n < 30; n += 1) expect(await throttled(keys, right, () => n)).toBe('ann')
})
