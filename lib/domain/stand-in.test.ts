import { expect, it } from 'vitest'
import { refusalText } from './budgets.ts'
import { reasonForReaders, withoutAnswer } from './stand-in.ts'

it('tells readers of a site neither budgets nor words of a provider', () => {
  const refusal = refusalText('month', 'usd', 20)
  expect(withoutAnswer(refusal)).toBe(refusal)
  expect(reasonForReaders(refusal)).toBe('a budget was reached')
  const failed = withoutAnswer('Your organization acme-internal has no credit')
  expect(failed).toContain('acme-internal')
  expect(reasonForReaders(failed)).toBe('no answer could be used')
})

it('tells readers in which way a page of a model was less', () => {
  const refused = 'it proves less: 40 words with a citation, where the built-in page has 300'
  expect(reasonForReaders(refused)).toBe(refused)
  expect(reasonForReaders(`such as "${'x'.repeat(1000)}"`)).toHaveLength(241)
})
