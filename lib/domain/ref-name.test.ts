import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { fromSegment, refNameProblem, toSegment } from '#lib/domain/ref-name.ts'

const NAMES = [
  'main',
  'feature/a',
  'release-1.2',
  'ü/ß',
  'a@b',
  'a{b',
  '1',
  'a/.b',
  '.a',
  'a.lock',
  'a.lock/b',
  'a..b',
  'a~b',
  'a^b',
  'a:b',
  'a?b',
  'a*b',
  'a[b',
  'a\\b',
  'a b',
  'a\tb',
  '@',
  'a@{b',
  '/a',
  'a/',
  'a//b',
  'a.',
  '',
  'a\u007fb',
]

function gitAccepts(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', `refs/heads/${name}`])
    return true
  } catch {
    return false
  }
}

describe('refNameProblem', () => {
  it.each(NAMES.filter((name) => name !== '@'))('agrees with git about %j', (name) => {
    expect(refNameProblem(name) === null).toBe(gitAccepts(name))
  })

  it('refuses a leading dash and "@" although git would accept them inside a ref', () => {
    expect(refNameProblem('-x')).toContain('"-"')
    expect(refNameProblem('@')).not.toBeNull()
  })
})

describe('toSegment', () => {
  it('writes any name as one segment and back', () => {
    for (const name of ['feature/x', 'a~2Fb', 'openai/gpt-5', '~', 'a/b/c']) {
      expect(toSegment(name)).not.toContain('/')
      expect(fromSegment(toSegment(name))).toBe(name)
    }
    expect(toSegment('feature/x')).toBe('feature~2Fx')
  })
})
