import type { VariantRow } from '#lib/domain/variant.ts'

/** The dialogs that any part of the dashboard may open. */
export type DialogRequest =
  | { kind: 'generate'; address?: string; branch?: string }
  | { kind: 'regenerate' | 'abort' | 'delete'; row: VariantRow }
  | { kind: 'delete_project'; rows: VariantRow[] }
  | { kind: 'palette' | 'shortcuts' | 'rotate_key' }
