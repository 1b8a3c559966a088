import { describe, expect, it } from 'vitest'
import type { Miss } from '#lib/domain/page.ts'
import { correctClaims } from '#lib/links/correct-claims.ts'
import { repairPage } from '#lib/links/repair-page.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'

const miss = (kind: Miss['kind'], claim: string): Miss => ({ kind, line: 1, claim, found: '' })

describe('repairPage', () => {
  it('turns a broken link into its text and a broken citation or name into a mark, and nothing else', () => {
    const text =
      'See [here](gone.md), [there](ok.md), `nothing`. [a.ts:9](source:a.ts#L9) [b.ts:1](source:b.ts#L1)\n\n```\n[here](gone.md)\n```'
    const misses = [miss('link', 'gone.md'), miss('citation', 'source:a.ts#L9'), miss('identifier', 'nothing')]
    expect(repairPage(text, misses)).toEqual({
      markdown:
        'See here, [there](ok.md), `nothing` *(unverified)*. *(unverified)* [b.ts:1](source:b.ts#L1)\n\n```\n[here](gone.md)\n```',
      repairs: [],
      left: misses,
    })
  })

  it('mends a renamed path, a range beyond its file and a link to a heading that is gone', () => {
    const facts = makeFacts({
      files: [makeFile('lib/new/a.ts'), makeFile('lib/b.ts')],
      symbols: [makeSymbol('lib/b.ts', 'open', { declaration: range('lib/b.ts', 7) })],
    })
    const page = { slug: 'start', title: 'Start', description: '', type: 'guide' as const, kind: 'overview' as const }
    const plan = {
      project_name: 'p',
      tagline: '',
      repo_type: 'library' as const,
      navigation: [{ group: 'All', pages: [page] }],
    }
    const text =
      '`lib/old/a.ts` [x](source:lib/old/a.ts#L3-L4), `open()` [b](source:lib/b.ts#L900), [s](start.md#gone), `lib/c.ts`'
    const misses = [
      miss('path', 'lib/old/a.ts'),
      miss('citation', 'source:lib/old/a.ts#L3-L4'),
      miss('citation', 'source:lib/b.ts#L900'),
      miss('link', 'start.md#gone'),
      miss('path', 'lib/c.ts'),
    ]
    const { markdown, repairs, left } = repairPage(text, misses, correctClaims(facts, plan))
    expect(markdown).toBe(
      '`lib/new/a.ts` [lib/new/a.ts:3-4](source:lib/new/a.ts#L3-L4), `open()` [lib/b.ts:7](source:lib/b.ts#L7), [s](start.md), `lib/c.ts` *(unverified)*',
    )
    expect(repairs).toHaveLength(4)
    expect(left.map(({ claim }) => claim)).toEqual(['lib/c.ts'])
  })
})
