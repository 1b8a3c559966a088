import { type PageUpdate, type PlanUpdate, reasonLines, toldPages, updateSummary } from '#lib/domain/plan-update.ts'
import { oneLine } from './output.ts'

const ACTION_WIDTH = 10

/** What a run will change, for people: a line that sums up, then the pages with their reasons, at most `most` pages. */
export function updateLines(update: PlanUpdate, most = Number.POSITIVE_INFINITY): string[] {
  return [updateSummary(update), ...pageLines(toldPages(update), most)]
}

/** `no tokens, $0.00`, or what an AI writer will need at most. */
export function costText({ input_tokens, output_tokens, cost_usd }: PlanUpdate): string {
  const tokens = input_tokens + output_tokens
  if (tokens === 0) return 'no tokens, $0.00'
  return `at most ${input_tokens} tokens in, ${output_tokens} out, ${cost_usd === null ? 'at a price that is not known' : `$${cost_usd.toFixed(2)}`}`
}

function pageLines(pages: PageUpdate[], most: number): string[] {
  const shown = pages
    .slice(0, most)
    .flatMap((page) => [
      `${page.action.padEnd(ACTION_WIDTH)}${oneLine(page.title)}${leads(page)}`,
      ...reasonLines(page).map((line) => `${' '.repeat(ACTION_WIDTH)}  ${oneLine(line)}`),
    ])
  return pages.length > most ? [...shown, `and ${pages.length - most} more pages`] : shown
}

function leads({ from, to }: PageUpdate): string {
  if (from !== undefined) return ` (was ${from})`
  return to === undefined ? '' : ` (leads to ${to})`
}
