import type { Citation, Context } from '#lib/score/context.ts'
import type { Finding, ScoreMiss } from '#lib/score/finding.ts'
import { type Inline, inlinesOf, wordsOf } from '#lib/score/pages/page.ts'

const RUN_WORDS = 8
const LISTED = 50

interface Run {
  pages: number
  lastPage: string
  count: number
  example: { page: string; line: number; text: string }
}

/** Share of runs of eight words of prose between citations that occur on two pages or more. */
export function measureRepetition({ pages, byInline }: Context): Finding {
  const runs = new Map<string, Run>()
  let total = 0
  for (const page of pages) {
    for (const block of page.blocks) {
      if (block.kind !== 'paragraph' && block.kind !== 'item') continue
      const words = proseOf(inlinesOf(block), byInline)
      for (let at = 0; at + RUN_WORDS <= words.length; at += 1) {
        const run = words.slice(at, at + RUN_WORDS)
        if (run.includes(null)) continue
        total += 1
        count(runs, run.join(' '), { page: page.file, line: block.line })
      }
    }
  }
  const repeated = [...runs.values()].filter((run) => run.pages > 1)
  const share = repeated.reduce((sum, run) => sum + run.count, 0)
  return { value: total === 0 ? null : share / total, checked: total, misses: listed(repeated) }
}

/** Words in lower case, a piece of code as one; null where a citation stands, which no run crosses. */
function proseOf(inlines: Inline[], byInline: Map<Inline, Citation>): (string | null)[] {
  return inlines.flatMap((inline) => {
    if (byInline.has(inline)) return [null]
    return inline.isCode ? [inline.text] : wordsOf(inline.text).map((word) => word.toLowerCase())
  })
}

function count(runs: Map<string, Run>, text: string, { page, line }: { page: string; line: number }): void {
  const run = runs.get(text)
  if (!run) {
    runs.set(text, { pages: 1, lastPage: page, count: 1, example: { page, line, text } })
    return
  }
  run.count += 1
  if (run.lastPage !== page) {
    run.pages += 1
    run.lastPage = page
  }
}

/** The runs on most pages; of those that overlap, as neighbours in one block do, the first. */
function listed(repeated: Run[]): ScoreMiss[] {
  const seen = new Set<string>()
  const misses: ScoreMiss[] = []
  for (const { pages, example } of repeated.sort((left, right) => right.pages - left.pages)) {
    const place = `${example.page}:${example.line}`
    if (seen.has(place)) continue
    seen.add(place)
    misses.push({ page: example.page, line: example.line, claim: example.text, found: `on ${pages} pages` })
    if (misses.length === LISTED) break
  }
  return misses
}
