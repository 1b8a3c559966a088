import { expect, it } from 'vitest'
import { packNumbers, unpackNumbers } from './number-text.ts'

it('gives numbers back as they were, in characters of a byte that JSON takes as they are', () => {
  const numbers = [-1, 0, 43, 44, 45, 46, 89, 90, 91, 2_069, 2_070, 2_115, 65_406, 65_407, 1_000_000, 2 ** 31 - 1, -1]
  for (let number = 0; number < 5_000; number += 7) numbers.push(number)
  const text = packNumbers(numbers)
  expect([...unpackNumbers(text)]).toEqual(numbers)
  expect(JSON.stringify(text)).toBe(`"${text}"`)
  expect(Buffer.byteLength(text)).toBe(text.length)
  expect([...unpackNumbers(packNumbers([]))]).toEqual([])
})
