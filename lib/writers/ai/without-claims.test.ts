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

  it('loses a sentence that goes on over several lines, and keeps the true ones beside it', () => {
    const page = `# Doors

It opens doors with \`open\`. [a.ts:1](source:a.ts#L1) At the very end it calls
the helper \`fly\`
for all of them. [a.ts:2](source:a.ts#L2) Flying is \`flyer\`, which stays.
`
    expect(withoutClaims(page, [{ line: 4, claim: 'fly' }])).toBe(`# Doors

It opens doors with \`open\`. [a.ts:1](source:a.ts#L1) Flying is \`flyer\`, which stays.
`)
  })

  it('loses the sentence of a citation that shows something else, not others that say the same name', () => {
    const page =
      '# D\n\nIt has `open`. [a\\_b.ts:1](source:a_b.ts#L1) It has `open` too. [a\\_b.ts:12](source:a_b.ts#L12)\n'
    const found = withoutClaims(page, [{ line: 3, claim: 'a_b.ts:1 shows open, shut' }])
    expect(found).toBe('# D\n\nIt has `open` too. [a\\_b.ts:12](source:a_b.ts#L12)\n')
  })

  it('loses one sentence of a language without blanks between words, and no citation of another', () => {
    const page =
      '# D\n\n`open` が扉を開く。[a.ts:1](source:a.ts#L1)「`fly` は飛ぶ。」[a.ts:2](source:a.ts#L2) 次に待つ！`close` が閉める。\n'
    expect(withoutClaims(page, [{ line: 3, claim: 'fly' }])).toBe(
      '# D\n\n`open` が扉を開く。[a.ts:1](source:a.ts#L1)次に待つ！`close` が閉める。\n',
    )
  })

  it('loses a paragraph in which nobody can tell the sentence', () => {
    expect(withoutClaims('# D\n\nOne. Two.\n\nThree.\n', [{ line: 3, claim: 'abc… (40 characters)' }])).toBe(
      '# D\n\nThree.\n',
    )
  })

  it('loses an item with all lines of it, not its neighbours', () => {
    const page = `# D

- Open it.
- Call the helper
  of the name \`fly\` and

  \`\`\`sh
  fly
  \`\`\`

  wait.
- Shut it.
  - Slowly \`fly\`.
`
    const misses = [5, 13].map((line) => ({ line, claim: 'fly' }))
    expect(withoutClaims(page, misses)).toBe('# D\n\n- Open it.\n- Shut it.\n')
  })

  it('loses all that stands below a false heading, up to the next of its level', () => {
    const page = '# D\n\n## A\n\nOne.\n\n## `fly`\n\nTwo.\n\n### B\n\n```sh\n# c\n```\n\n## C\n\nThree.\n'
    expect(withoutClaims(page, [{ line: 7, claim: 'fly' }])).toBe('# D\n\n## A\n\nOne.\n\n## C\n\nThree.\n')
  })

  it('keeps comments and blank lines of code, and no head of a table that lost its rows', () => {
    const page = '# D\n\n```sh\n## a\n\n\n## b\n```\n\n| a |\n|---|\n| `fly` |\n\nEnd.\n'
    expect(withoutClaims(page, [{ line: 12, claim: 'fly' }])).toBe('# D\n\n```sh\n## a\n\n\n## b\n```\n\nEnd.\n')
  })

  it('is cut in time that grows with its length', () => {
    const page = `# D\n\n${'## a\n'.repeat(20_000)}${'```\nx\n```\n'.repeat(10_000)}${'. ['.repeat(50_000)}\n`
    const misses = Array.from({ length: 3000 }, (_, at) => ({ line: 20_005 + 3 * at, claim: 'x' }))
    expect(withoutClaims(page, misses)).toContain('```')
  })

  it('stays as it is when everything holds', () => {
    expect(withoutClaims(PAGE, [])).toBe(PAGE)
  })
})
