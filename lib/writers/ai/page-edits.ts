import { fenceLines } from '#lib/writers/fence-lines.ts'

/** Lines of a page, as they stand there, and those that take their place. */
export interface PageEdit {
  old: string
  now: string
}

const MOST_EDITS = 80
const OPEN = /^<{7} ?OLD\s*$/
const MIDDLE = /^={7}\s*$/
const CLOSE = /^>{7} ?NEW\s*$/
/** What a model says when the page holds as it is. */
const NONE = /^\s*`*NO EDITS`*\.?\s*$/m

/** The edits of an answer, whatever stands around them, or what is wrong with it. */
export function editsIn(answer: string): { edits: PageEdit[] } | { faults: string[] } {
  const edits: PageEdit[] = []
  let [old, now]: [string[] | null, string[] | null] = [null, null]
  for (const line of answer.replace(/\r\n?/g, '\n').split('\n')) {
    if (OPEN.test(line)) [old, now] = [[], null]
    else if (old && !now && MIDDLE.test(line)) now = []
    else if (old && now && CLOSE.test(line)) {
      edits.push({ old: old.join('\n'), now: now.join('\n') })
      ;[old, now] = [null, null]
    } else (now ?? old)?.push(line)
  }
  if (old) return { faults: [`edit ${edits.length + 1} does not end with ">>>>>>> NEW"`] }
  if (edits.length > MOST_EDITS) return { faults: [`it has ${edits.length} edits, ${MOST_EDITS} are the most`] }
  if (edits.length === 0 && !NONE.test(answer)) return { faults: ['it has no edits and does not say "NO EDITS"'] }
  return { edits }
}

/**
 * The page with all edits, or why they do not fit, one sentence for each. Every edit finds its lines exactly once; all else
 * stays byte for byte. The title is not theirs to change.
 */
export function edited(page: string, edits: readonly PageEdit[]): { markdown: string } | { faults: string[] } {
  const faults: string[] = []
  const places: { from: number; to: number; now: string }[] = []
  for (const [at, { old, now }] of edits.entries()) {
    const found = placesOf(old, page)
    const [from] = found
    if (from === undefined) faults.push(`edit ${at + 1}: ${notFound(old)}`)
    else if (found.length > 1)
      faults.push(`edit ${at + 1}: its old lines stand in the page ${found.length} times; take more lines`)
    else if (from < titleEnd(page)) faults.push(`edit ${at + 1}: the title stays as it is`)
    else places.push({ from, to: from + old.length, now })
  }
  const sorted = places.toSorted((a, b) => a.from - b.from)
  const overlap = sorted.findIndex(({ to }, at) => to >= (sorted[at + 1]?.from ?? Number.POSITIVE_INFINITY))
  if (overlap >= 0)
    faults.push(`two edits change the same lines: "${firstLine(page.slice(sorted[overlap + 1]?.from))}"`)
  if (faults.length > 0) return { faults }
  const markdown = sorted.toReversed().reduce(replaced, page)
  const isOpen = fenceLines(markdown.split('\n')).some((fence) => fence?.isOpen)
  return isOpen ? { faults: ['a code block is not closed after the edits'] } : { markdown }
}

/** Lines that go leave no gap: the line break behind them goes too. */
function replaced(text: string, { from, to, now }: { from: number; to: number; now: string }): string {
  return text.slice(0, from) + now + text.slice(now === '' ? to + 1 : to)
}

/** Where the lines stand as whole lines. */
function placesOf(old: string, page: string): number[] {
  if (old.trim() === '') return []
  const found: number[] = []
  for (let at = page.indexOf(old); at >= 0; at = page.indexOf(old, at + 1)) {
    const isWhole =
      (at === 0 || page[at - 1] === '\n') && /^(?:\n|$)/.test(page.slice(at + old.length, at + old.length + 1))
    if (isWhole) found.push(at)
  }
  return found
}

function notFound(old: string): string {
  if (old.trim() === '') return 'it has no old lines; repeat a line of the page beside which to add'
  return `its old lines do not stand in the page exactly as they are: "${firstLine(old)}"`
}

function titleEnd(page: string): number {
  return page.indexOf('\n') + 1
}

function firstLine(text: string): string {
  return (text.trimStart().split('\n')[0] ?? '').slice(0, 120)
}
