import {
  neededText,
  type PageUpdate,
  type PlanUpdate,
  reasonLines,
  toldPages,
  updateSummary,
} from '#lib/domain/plan-update.ts'
import { oneLine } from './output.ts'

const ACTION_WIDTH = 10

/** What a run will change, for people: a line that sums up, then the pages with their reasons, at most `most` pages. */
export function updateLines(update: PlanUpdate, most = Number.POSITIVE_INFINITY): string[] {
  return [updateSummary(update), ...pageLines(toldPages(update), most)]
}

function pageLines(pages: PageUpdate[], most: number): string[] {
  const shown = pages
    .slice(0, most)
    .flatMap((page) => [
      `${page.action.padEnd(ACTION_WIDTH)}${oneLine(page.title)}${leads(page)}`,
      ...[...reasonLines(page), ...needs(page)].map((line) => `${' '.repeat(ACTION_WIDTH)}  ${oneLine(line)}`),
    ])
  return pages.length > most ? [...shown, `and ${pages.length - most} more pages`] : shown
}

/** What the page needs, on a line of its own. */
export function needs({ needs }: Pick<PageUpdate, 'needs'>): string[] {
  const text = needs ? neededText(needs) : null
  return text === null ? [] : [text]
}

function leads({ from, to }: PageUpdate): string {
  if (from !== undefined) return ` (was ${from})`
  return to === undefined ? '' : ` (leads to ${to})`
}
