import { expect, it } from 'vitest'
import { resembling } from './resembling.ts'

const NAMES = ['main', 'develop', 'feature/login', 'v1.2.3', 'v1.2.4', 'v2.0.0', 'release/2.x']

it.each([
  ['mian', ['main']],
  ['devlop', ['develop']],
  ['login', ['feature/login']],
  ['1.2.3', ['v1.2.3', 'v1.2.4']],
  ['V1.2.5', ['v1.2.3', 'v1.2.4']],
  ['nothing-like-it', []],
  ['x', []],
])('finds for %s what was meant: %j', (wanted, meant) => {
  expect(resembling(wanted, NAMES)).toEqual(meant)
})

it('stays quick among many names', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `feature/number-${i}`)
  const startedMs = performance.now()
  expect(resembling('feature/number-99999x', many)[0]).toBe('feature/number-99999')
  expect(performance.now() - startedMs).toBeLessThan(5000)
})
