import { expect, it } from 'vitest'
import { knownAnswer } from './known-answer.ts'

function question() {
  const clock = { nowMs: 0 }
  const asked: PromiseWithResolvers<string>[] = []
  const answer = knownAnswer(
    () => {
      const one = Promise.withResolvers<string>()
      asked.push(one)
      return one.promise
    },
    { freshMs: 1000, now: () => clock.nowMs },
  )
  return { clock, asked, answer }
}

it('is asked once for all that wait, and kept while it is fresh', async () => {
  const { clock, asked, answer } = question()
  const both = Promise.all([answer.get(), answer.get()])
  asked[0]?.resolve('first')
  expect(await both).toEqual(['first', 'first'])
  clock.nowMs = 1000
  expect(await answer.get()).toBe('first')
  expect(asked).toHaveLength(1)
})

it('is the old one while it is asked for anew, once', async () => {
  const { clock, asked, answer } = question()
  const first = answer.get()
  asked[0]?.resolve('first')
  await first
  clock.nowMs = 1001
  expect([await answer.get(), await answer.get()]).toEqual(['first', 'first'])
  expect(asked).toHaveLength(2)
  asked[1]?.resolve('second')
  await expect.poll(() => answer.get()).toBe('second')
})

it('is not kept when asking failed, and an old one stays', async () => {
  const { clock, asked, answer } = question()
  const first = answer.get()
  asked[0]?.reject(new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  const second = answer.get()
  asked[1]?.resolve('good')
  expect(await second).toBe('good')
  clock.nowMs = 5000
  await answer.get()
  asked[2]?.reject(new Error('broken'))
  await expect.poll(async () => [await answer.get(), asked.length]).toEqual(['good', 4])
})

it('is waited for when a new one is wanted', async () => {
  const { asked, answer } = question()
  const first = answer.get()
  asked[0]?.resolve('first')
  await first
  const renewed = answer.renewed()
  asked[1]?.resolve('second')
  expect([await renewed, await answer.get()]).toEqual(['second', 'second'])
})
