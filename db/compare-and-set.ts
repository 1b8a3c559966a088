import { and, eq, ne, type SQL } from 'drizzle-orm'
import { variants } from '#db/schema.ts'

/**
 * The compare-and-set rule: a variant's status is only changed by an UPDATE that carries one of these conditions, and who
 * changed no row has lost the race. A status that was read before is never the reason to write another.
 */
export function whileActive(runId: string): SQL | undefined {
  return and(eq(variants.runId, runId), eq(variants.status, 'generating'))
}

export function whileGenerating(variantId: string): SQL | undefined {
  return and(eq(variants.id, variantId), eq(variants.status, 'generating'))
}

export function unlessGenerating(): SQL {
  return ne(variants.status, 'generating')
}
