/** How much is tried: a part that is quick enough for every change, or everything. */
export type Extent = 'fast' | 'full'

/** One figure beside its target. */
export interface Row {
  id: string
  what: string
  figure: string
  target: string
  /** Null: it could not be measured here, and `figure` says why. */
  ok: boolean | null
}

export interface Goal {
  title: string
  /** Whether `--fast` measures it. */
  fast: boolean
  measure(extent: Extent): Promise<Row[]>
}

/** A row whose figure is a number of things that must not be. */
export function noneOf(id: string, what: string, found: string[]): Row {
  const shown = found.slice(0, 5).map((one) => `\n        ${one}`)
  return { id, what, figure: `${found.length}${shown.join('')}`, target: '0', ok: found.length === 0 }
}

/** A row whose figure must reach a number, as controls and counts do. */
export function atLeast(row: { id: string; what: string; figure: number; least: number }): Row {
  const { id, what, figure, least } = row
  return { id, what, figure: String(figure), target: `≥ ${least}`, ok: figure >= least }
}

/** A row whose figure must not exceed a number. */
export function atMost(row: { id: string; what: string; figure: number; most: number; unit: string }): Row {
  const { id, what, figure, most, unit } = row
  const text = Number.isInteger(figure) ? String(figure) : figure.toFixed(1)
  return { id, what, figure: `${text} ${unit}`, target: `≤ ${most} ${unit}`, ok: figure <= most }
}
