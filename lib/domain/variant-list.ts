import { type VariantRow, variantKey } from '#lib/domain/variant.ts'

/** The new list, in which every row equal to one of the old list is that very object. */
export function replaceRows(old: readonly VariantRow[], fresh: readonly VariantRow[]): readonly VariantRow[] {
  const known = new Map(old.map((row) => [variantKeyOf(row), row]))
  const rows = fresh.map((row) => {
    const before = known.get(variantKeyOf(row))
    return before ? patchRow(before, row) : row
  })
  return rows.length === old.length && rows.every((row, index) => row === old[index]) ? old : rows
}

const keys = new WeakMap<VariantRow, string>()

/** variantKey of a row, computed once per row object: a list of thousands is searched at every event. */
export function variantKeyOf(row: VariantRow): string {
  const known = keys.get(row)
  if (known !== undefined) return known
  const key = variantKey({ ...row, provider: row.ai_provider, model: row.ai_model })
  keys.set(row, key)
  return key
}

/** When something last began or ended here; ISO 8601 UTC, so that it sorts as text. */
export function lastChange(row: VariantRow): string {
  return row.generation_started_at ?? row.updated_at
}

/** The row with these fields; undefined ones stay, and when nothing differs so does the object. */
export function patchRow(row: VariantRow, fields: Partial<VariantRow>): VariantRow {
  const changed = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && !sameValue(row[name as keyof VariantRow], value),
  )
  return changed.length === 0 ? row : { ...row, ...Object.fromEntries(changed) }
}

function sameValue(left: unknown, right: unknown): boolean {
  return Array.isArray(left) && Array.isArray(right)
    ? left.length === right.length && left.every((value, index) => value === right[index])
    : left === right
}
