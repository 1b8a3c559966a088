import { addresses } from './addresses/addresses.ts'
import type { Goal } from './goal.ts'

/** Every goal of the campaign by its id. */
export const GOALS: Record<string, Goal> = {
  B1: addresses,
}
