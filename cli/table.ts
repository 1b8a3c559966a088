import { cutText, textWidth } from './text-width.ts'

const GAP = '  '

export interface Column {
  title: string
  /** The column is not made narrower than this. Default 6. */
  least?: number
  /** Half of it is of no use: shown whole while the others can give, else cut to `least` at once. */
  whole?: boolean
  /** Numbers stand at the right edge. */
  right?: boolean
  /** Adds colour to a cell that is already cut and padded; `value` is what it says in full. */
  paint?: (cell: string, value: string) => string
}

export interface TableOptions {
  columns: Column[]
  /** One cell per column, one line each, without control characters. */
  rows: string[][]
  /** Columns of the terminal; null where lines may be of any length. */
  width: number | null
}

const DEFAULT_LEAST = 6

/**
 * Lines of a table under underlined titles. The widest columns give way until every line fits; where even that leaves
 * nothing to read, each row becomes a block of lines with every cell in full.
 */
export function tableLines({ columns, rows, width }: TableOptions): string[] {
  const wanted = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[index] ?? ''))),
  )
  const widths = width === null ? wanted : fittingWidths(wanted, columns, width)
  if (widths === null) return rows.flatMap((row, index) => [...(index > 0 ? [''] : []), ...blockLines(row, columns)])
  const line = (cells: string[], painted: boolean) =>
    cells.map((cell, index) => drawn(cell, { column: columns[index], width: widths[index] ?? 0, painted })).join(GAP)
  const titles = columns.map(({ title }) => title)
  const rules = widths.map((length) => '-'.repeat(length))
  return [line(titles, false), line(rules, false), ...rows.map((row) => line(row, true))].map((text) => text.trimEnd())
}

function blockLines(row: string[], columns: Column[]): string[] {
  const titleWidth = Math.max(...columns.map(({ title }) => textWidth(title)))
  return columns.flatMap(({ title, paint }, index) => {
    const value = row[index] ?? ''
    return value ? [`${title.padEnd(titleWidth)}${GAP}${paint ? paint(value, value) : value}`] : []
  })
}

/** Widths in which every line fits; null when there are none. */
function fittingWidths(wanted: number[], columns: Column[], width: number): number[] | null {
  const cut = wanted.map((length, index) => Math.min(length, columns[index]?.whole ? leastOf(columns[index]) : length))
  for (const start of [wanted, cut]) {
    const floors = start.map((length, index) => (columns[index]?.whole ? length : leastOf(columns[index])))
    const widths = narrowed(start, floors, width)
    if (lineWidth(widths) <= width) return widths
  }
  return null
}

function leastOf(column: Column | undefined): number {
  return column?.least ?? DEFAULT_LEAST
}

function lineWidth(widths: number[]): number {
  return widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1))
}

/** Takes one column of width at a time from the widest that may still give. */
function narrowed(wanted: number[], floors: number[], width: number): number[] {
  const widths = [...wanted]
  for (let excess = lineWidth(widths) - width; excess > 0; excess -= 1) {
    const giving = widestAbove(widths, floors)
    if (giving === -1) break
    widths[giving] = (widths[giving] ?? 0) - 1
  }
  return widths
}

function widestAbove(widths: number[], floors: number[]): number {
  let widest = -1
  widths.forEach((width, index) => {
    if (width > (floors[index] ?? 0) && (widest === -1 || width > (widths[widest] ?? 0))) widest = index
  })
  return widest
}

interface Place {
  column: Column | undefined
  width: number
  painted: boolean
}

function drawn(cell: string, { column, width, painted }: Place): string {
  const text = cutText(cell, width)
  const padding = ' '.repeat(Math.max(0, width - textWidth(text)))
  const shown = painted && text && column?.paint ? column.paint(text, cell) : text
  return column?.right ? padding + shown : shown + padding
}
