import fc from 'fast-check'
import { type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { addressProperties } from './address-properties.ts'
import { frameProperties } from './frame-properties.ts'
import { namingProperties } from './naming-properties.ts'

/** What must hold for any input; throws, or answers false, when it does not. */
export interface Property {
  what: string
  property: fc.IProperty<unknown>
}

const RUNS = { fast: 20_000, full: 200_000 }
const LEAST = { fast: 15_000, full: 100_000 }

/** B8. Inputs are made at random; a failure names the smallest one found and the seed that leads to it. */
export const properties: Goal = {
  title: 'Properties of addresses, branches, slugs, plans and frames, for inputs made at random',
  fast: true,
  measure: async (extent) => measure(extent),
}

function measure(extent: Extent): Row[] {
  const all: Property[] = [...addressProperties, ...namingProperties, ...frameProperties]
  const numRuns = Math.ceil(RUNS[extent] / all.length)
  const failed: string[] = []
  let runs = 0
  for (const { what, property } of all) {
    const result = fc.check(property, { numRuns })
    runs += result.numRuns
    if (result.failed)
      failed.push(
        `${what}: ${fc.stringify(result.counterexample)} (seed ${result.seed}) ${String(result.errorInstance ?? '')}`,
      )
  }
  const least = LEAST[extent]
  return [
    {
      id: 'B8',
      what: `runs over ${all.length} properties`,
      figure: String(runs),
      target: `≥ ${least}`,
      ok: runs >= least,
    },
    noneOf('B8', 'properties that do not hold, and crashes', failed),
  ]
}
