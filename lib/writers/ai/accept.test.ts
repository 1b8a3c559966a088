import { describe, expect, it } from 'vitest'
import type { PageVerdict } from '#lib/domain/page-verdict.ts'
import { newMisses, refusal } from './accept.ts'

const miss = (claim: string, line = 1) => ({ line, claim, found: 'nowhere' })
const names = Array.from({ length: 10 }, (_, at) => `name${at}`)

function verdict(fields: Partial<PageVerdict> = {}): PageVerdict {
  return { checked: 10, misses: [], provenWords: 100, explained: names, blocks: ['a', 'b'], ...fields }
}

describe('what fails in a page', () => {
  it('is new unless the built-in page makes the same claim as often', () => {
    const own = verdict({ misses: [miss('old'), miss('older')] })
    expect(newMisses(verdict({ misses: [miss('old', 7)] }), own)).toEqual([])
    expect(newMisses(verdict({ misses: [miss('old', 7), miss('old', 9)] }), own)).toEqual([miss('old', 9)])
    expect(newMisses(verdict({ misses: [miss('lie')] }), own)).toEqual([miss('lie')])
  })
})

describe('a page of a model', () => {
  it('is taken when it tells as much, or a tenth less', () => {
    expect(refusal(verdict(), verdict())).toBeNull()
    expect(
      refusal(verdict({ provenWords: 90, explained: names.slice(1), blocks: ['b', 'c', 'a'] }), verdict()),
    ).toBeNull()
  })

  it.each([
    ['claims what fails, even where more fails in the built-in one', { misses: [miss('lie')] }, '"lie": nowhere'],
    ['proves less', { provenWords: 89 }, 'it proves less'],
    ['leaves a code block out', { blocks: ['a', 'c'] }, '1 of 2 code blocks'],
    ['explains fewer names', { explained: names.slice(2) }, 'no longer explains 2 of 10 names, such as name0'],
  ])('is refused when it %s', (_, fields, why) => {
    expect(refusal(verdict(fields), verdict({ misses: [miss('old'), miss('older')] }))).toContain(why)
  })
})
