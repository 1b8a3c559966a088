import { describe, expect, it } from 'vitest'
import { withoutClaims } from './without-claims.ts'

const PAGE = `# Doors

It opens doors. It calls \`fly\` at the end. [a.ts:1](source:a.ts#L1) Then it is done.

## Steps

- Open it.
- Call \`fly\`.

| name | means |
|---|---|
| \`fly\` | flies |
| \`open\` | opens |

## Drawing

\`\`\`mermaid
flowchart TD
  broken[
\`\`\`
`

describe('a page', () => {
  it('loses the sentence, the item, the row and the block that do not hold, and headings that are left alone', () => {
    const misses = [3, 8, 12, 17].map((line) => ({ line, claim: '`fly`' }))
    expect(withoutClaims(PAGE, misses)).toBe(`# Doors

It opens doors. Then it is done.

## Steps

- Open it.

| name | means |
|---|---|
| \`open\` | opens |
`)
  })

  it('stays as it is when everything holds', () => {
    expect(withoutClaims(PAGE, [])).toBe(PAGE)
  })
})
