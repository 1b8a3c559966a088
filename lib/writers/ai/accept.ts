import type { PageVerdict } from '#lib/domain/page-verdict.ts'

/**
 * Why the built-in page stands; null when the model's page is taken. It is when nothing in it fails that would not fail in
 * the built-in page too, and when it says at least as much to a reader: as many proven words, and every name explained but
 * for one in ten.
 */
export function refusal(page: PageVerdict, builtin: PageVerdict): string | null {
  const [first] = page.misses
  if (first && page.misses.length > builtin.misses.length)
    return `${page.misses.length} of its claims do not hold, such as "${first.claim}": ${first.found}`
  if (page.provenWords < builtin.provenWords)
    return `it proves less: ${page.provenWords} words with a citation, where the built-in page has ${builtin.provenWords}`
  const explained = new Set(page.explained)
  const lost = builtin.explained.filter((name) => !explained.has(name))
  if (lost.length > builtin.explained.length / 10)
    return `it no longer explains ${lost.length} of ${builtin.explained.length} names, such as ${lost[0]}`
  return null
}
