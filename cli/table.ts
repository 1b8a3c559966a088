import { cutText, textWidth } from './text-width.ts'

const GAP = '  '

export interface Column {
  title: string
  /** The column is not made narrower than this while others can give. Default 6. */
  least?: number
  /** Numbers stand at the right edge. */
  right?: boolean
  /** Adds colour to a cell that is already cut and padded. */
  paint?: (cell: string) => string
}

export interface TableOptions {
  columns: Column[]
  /** One cell per column, one line each, without control characters. */
  rows: string[][]
  /** Columns of the terminal; null where lines may be of any length. */
  width: number | null
}

const DEFAULT_LEAST = 6

/** Lines of a table under underlined titles. The widest columns give way until every line fits. */
export function tableLines({ columns, rows, width }: TableOptions): string[] {
  const wanted = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[index] ?? ''))),
  )
  const widths = width === null ? wanted : narrowed(wanted, columns, width)
  const line = (cells: string[], painted: boolean) =>
    cells.map((cell, index) => drawn(cell, { column: columns[index], width: widths[index] ?? 0, painted })).join(GAP)
  const lines = [
    line(
      columns.map(({ title }) => title),
      false,
    ),
    line(
      widths.map((length) => '-'.repeat(length)),
      false,
    ),
    ...rows.map((row) => line(row, true)),
  ]
  return lines.map((text) => text.trimEnd())
}

/** Takes one column of width at a time from the widest that may still give; at last from any, down to one. */
function narrowed(wanted: number[], columns: Column[], width: number): number[] {
  const widths = [...wanted]
  const leasts = columns.map(({ least = DEFAULT_LEAST }) => least)
  let spare = width - GAP.length * (columns.length - 1) - widths.reduce((sum, one) => sum + one, 0)
  for (const floors of [leasts, columns.map(() => 1)])
    for (; spare < 0; spare += 1) {
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
  const shown = painted && column?.paint ? column.paint(text) : text
  return column?.right ? padding + shown : shown + padding
}
