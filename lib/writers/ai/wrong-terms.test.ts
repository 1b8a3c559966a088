import { expect, it } from 'vitest'
import { wrongTerms } from './wrong-terms.ts'

const TERMS = [
  { use: 'sign in', not: ['log in', 'login'] },
  { use: 'login page', not: ['entry'] },
]
const told = (markdown: string) => wrongTerms(markdown, TERMS).map(({ line, claim }) => `${line} ${claim}`)

it('finds words that the owner does not want, whole and in any case, below the title', () => {
  expect(told('# Log in\n\nLog  In first, then blogin.\n\n- The Entry\n')).toEqual(['3 "log in"', '5 "entry"'])
  expect(wrongTerms('# A\n\nNo login.\n', TERMS)).toEqual([
    { line: 3, claim: '"login"', found: 'the owner asks to say "sign in"' },
  ])
})

it('leaves code, citations, addresses and the wanted words alone', () => {
  const page =
    '# A\n\nSign in on the login page: `login`, [x](login.md). [login.ts:1](source:login.ts#L1) https://a.dev/login\n\n```ts\nlogin()\n```\n'
  expect(told(page)).toEqual([])
})

it('tells words apart that differ in case alone', () => {
  expect(wrongTerms('# A\n\nGitHub.\n\nOn Github.\n', [{ use: 'GitHub', not: ['Github'] }])).toMatchObject([
    { line: 5 },
  ])
})

it('are found in time that grows with the length', () => {
  const line = ['[', '`', '](', '<', 'log ', '[a](source:'].map((text) => text.repeat(20_000)).join(' ')
  expect(told(`# A\n\n${line} login\n`)).toEqual(['3 "login"'])
})

it('takes terms as text, not as patterns', () => {
  expect(wrongTerms('# A\n\nC++ and a.c\n', [{ use: 'x', not: ['c++', 'a.c', '(', 'abc'] }])).toHaveLength(2)
})
