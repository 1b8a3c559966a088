import type { PageVerdict } from '#lib/domain/page-verdict.ts'

/** Fewer proven words than this share of the built-in page's tell less. */
const LEAST_SHARE = 0.9

/** A page with fewer proven words than this is not worth a click. */
const LEAST_TOPIC_WORDS = 100

/** What fails in the page and not in the built-in one: a claim counts as often as it is made. */
export function newMisses(page: PageVerdict, builtin: PageVerdict): PageVerdict['misses'] {
  const known = new Map<string, number>()
  for (const miss of builtin.misses) known.set(keyOf(miss), (known.get(keyOf(miss)) ?? 0) + 1)
  return page.misses.filter((miss) => {
    const left = known.get(keyOf(miss)) ?? 0
    known.set(keyOf(miss), left - 1)
    return left <= 0
  })
}

/**
 * Why the built-in page stands; null when the model's page is taken. It is when nothing in it fails that does not fail in
 * the built-in page too, and when it tells a reader as much: proven words but for one in ten, every code block and diagram,
 * and the names explained but for one in ten.
 */
export function refusal(page: PageVerdict, builtin: PageVerdict, share = LEAST_SHARE): string | null {
  const misses = newMisses(page, builtin)
  const [first] = misses
  if (first) return `${misses.length} of its claims do not hold, such as "${first.claim}": ${first.found}`
  if (page.provenWords < builtin.provenWords * share)
    return `it proves less: ${page.provenWords} words with a citation, where the built-in page has ${builtin.provenWords}`
  const blocks = new Set(page.blocks)
  const gone = builtin.blocks.filter((block) => !blocks.has(block))
  if (gone.length > 0)
    return `it leaves out or changes ${gone.length} of ${builtin.blocks.length} code blocks that hold`
  const explained = new Set(page.explained)
  const lost = builtin.explained.filter((name) => !explained.has(name))
  if (lost.length > builtin.explained.length / 10)
    return `it no longer explains ${lost.length} of ${builtin.explained.length} names, such as ${lost[0]}`
  return null
}

/** What a page that a model added is measured by: its material is no page, so it only has to prove enough by itself. */
export function topicFloor(material: PageVerdict): PageVerdict {
  return { ...material, provenWords: LEAST_TOPIC_WORDS / LEAST_SHARE, explained: [], blocks: [] }
}

function keyOf({ claim, found }: PageVerdict['misses'][number]): string {
  return `${claim}\n${found}`
}
