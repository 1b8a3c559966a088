import type { Measure, Score } from '#lib/score/score-documentation.ts'

/** A value as people read it: `99.1 %`, `3`, `12 lines`, or `n/a`. Shares are rounded down, so that 100 % means all. */
export function valueText({ unit, value }: Pick<Measure, 'unit' | 'value'>): string {
  if (value === null) return 'n/a'
  return unit === 'share' ? percent(value) : String(value)
}

/** `≥ 95 %`, `≤ 25`, or nothing for a figure without a gate. */
export function gateText({ unit, gate }: Pick<Measure, 'unit' | 'gate'>): string {
  if (gate === null) return ''
  const [sign, limit] = 'atLeast' in gate ? ['≥', gate.atLeast] : ['≤', gate.atMost]
  return `${sign} ${unit === 'share' ? percent(limit) : limit}`
}

/** `file:line`, the file alone for a whole page, `no page` for something that is missing everywhere. */
export function placeText({ page, line }: Measure['misses'][number]): string {
  if (page === null) return 'no page'
  return line > 0 ? `${page}:${line}` : page
}

/** `91.2`, or `n/a` for a group in which nothing counts. */
export function pointsText(points: number | null): string {
  return points === null ? 'n/a' : points.toFixed(1)
}

/** `truth 98.2, coverage 91.0, craft 95.5`. */
export function groupsText({ truth, coverage, craft }: Score): string {
  return `truth ${pointsText(truth)}, coverage ${pointsText(coverage)}, craft ${pointsText(craft)}`
}

function percent(share: number): string {
  const tenths = Math.floor(share * 1000 + 1e-9)
  return tenths % 10 === 0 ? `${tenths / 10} %` : `${(tenths / 10).toFixed(1)} %`
}
