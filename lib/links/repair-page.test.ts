import { describe, expect, it } from 'vitest'
import { repairPage } from '#lib/links/repair-page.ts'

describe('repairPage', () => {
  it('turns a broken link into its text and a broken citation into a mark, and nothing else', () => {
    const text =
      'See [here](gone.md), [there](ok.md). [a.ts:9](source:a.ts#L9) [b.ts:1](source:b.ts#L1)\n\n```\n[here](gone.md)\n```'
    const misses = [
      { kind: 'link' as const, line: 1, claim: 'gone.md', found: '' },
      { kind: 'citation' as const, line: 1, claim: 'source:a.ts#L9', found: '' },
    ]
    expect(repairPage(text, misses)).toBe(
      'See here, [there](ok.md). *(unverified)* [b.ts:1](source:b.ts#L1)\n\n```\n[here](gone.md)\n```',
    )
  })
})
