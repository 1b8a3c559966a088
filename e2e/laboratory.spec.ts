import { expect, test } from '@playwright/test'
import pLimit from 'p-limit'
import { FAULT_IDS, faultOf } from './laboratory/faults.ts'
import { kindOf, LABORATORY_PROVIDERS, openLaboratory } from './laboratory/laboratory.ts'
import { problemsOf } from './laboratory/problems.ts'

const RUNS_AT_ONCE = 3
/** Nothing here waits for it: misbehaviours that only a limit ends are left to `npm run bench -- laboratory`. */
const CALL_SECONDS = 120

/** Each quick misbehaviour with one provider that can show it, in turn. */
const CASES = FAULT_IDS.filter((fault) => faultOf(fault).isFast).map((fault, index) => {
  const able = LABORATORY_PROVIDERS.filter((provider) => faultOf(fault).of.includes(kindOf(provider)))
  return { fault, provider: able[index % able.length] ?? 'compatible' }
})

test('whatever a provider does, the run ends as people expect, and nothing of it is left', async () => {
  test.setTimeout(300_000)
  const laboratory = await openLaboratory({ callSeconds: CALL_SECONDS, runsAtOnce: RUNS_AT_ONCE })
  try {
    const pool = pLimit(RUNS_AT_ONCE)
    const problems = await Promise.all(
      CASES.map(({ fault, provider }) =>
        pool(async () => {
          const observed = await laboratory.run(provider, fault)
          return problemsOf(provider, fault, observed).map((problem) => `${fault} of ${provider}: ${problem}`)
        }),
      ),
    )
    expect(problems.flat()).toEqual([])
    expect(CASES.length).toBeGreaterThan(10)
  } finally {
    await laboratory.remove()
  }
})
