import type { ColumnFact, SourceRange } from '#lib/domain/facts.ts'
import type { SchemaStep } from '#lib/facts/parse/parsed-file.ts'

/** A column of which only the name and place are known so far. */
export function plainColumn(name: string, range: SourceRange, rest: Partial<ColumnFact> = {}): ColumnFact {
  const nothing = { type: null, nullable: true, default: null, key: false, unique: false, references: null, help: null }
  return { name, ...nothing, range, ...rest }
}

type StepRest = Partial<Pick<SchemaStep, 'columns' | 'column' | 'to'>>

/** A change to a table; `rest` is what its kind needs. */
export function schemaStep(
  kind: SchemaStep['kind'],
  { table, source, range }: Pick<SchemaStep, 'table' | 'source' | 'range'>,
  rest: StepRest = {},
): SchemaStep {
  return { kind, table, columns: [], column: null, to: null, source, range, ...rest }
}
