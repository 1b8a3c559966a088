import pLimit from 'p-limit'
import { FAULT_IDS, type FaultId, faultOf } from '../e2e/laboratory/faults.ts'
import {
  kindOf,
  LABORATORY_PROVIDERS,
  type Laboratory,
  type LaboratoryProvider,
  openLaboratory,
} from '../e2e/laboratory/laboratory.ts'
import { problemsOf } from '../e2e/laboratory/problems.ts'

/** What a call of the laboratory's server may take. */
export const CALL_SECONDS = 10
const RUNS_AT_ONCE = 4

export interface Tried {
  provider: LaboratoryProvider
  fault: FaultId
  ms: number
  workerMb: number
  problems: string[]
}

/**
 * `npm run bench -- laboratory [FAULT | PROVIDER …]`: every known misbehaviour of every provider through a real server; prints
 * how long each run took, the memory of its worker, and all that is not as it should be.
 */
export async function run(wanted: string[]): Promise<boolean> {
  const { tried, serverMb } = await tryAll(wanted)
  const providers = LABORATORY_PROVIDERS.filter((provider) => tried.some((one) => one.provider === provider))
  console.log(`\nseconds of a run and MB of its worker; a call may take ${CALL_SECONDS} s\n`)
  console.log(''.padEnd(19) + providers.map((provider) => provider.padStart(12)).join(''))
  for (const fault of FAULT_IDS.filter((id) => tried.some((one) => one.fault === id))) {
    const cells = providers.map((provider) =>
      cellOf(tried.find((one) => one.fault === fault && one.provider === provider)),
    )
    console.log(fault.padEnd(19) + cells.join(''))
  }
  const wrong = tried.flatMap(({ provider, fault, problems }) =>
    problems.map((problem) => `${fault} of ${provider}: ${problem}`),
  )
  for (const problem of wrong) console.log(`✗ ${problem}`)
  console.log(`\n${tried.length} runs, ${wrong.length} not as they should be (target 0)`)
  console.log(`server: ${serverMb.before.toFixed(0)} MB before, ${serverMb.after.toFixed(0)} MB after all of them`)
  return wrong.length === 0
}

/** Tries the named faults and providers, or all, several runs at once. */
export async function tryAll(wanted: string[]) {
  const faults = FAULT_IDS.filter((id) => wanted.includes(id))
  const providers = LABORATORY_PROVIDERS.filter((id) => wanted.includes(id))
  const cases = (faults.length > 0 ? faults : FAULT_IDS).flatMap((fault) =>
    (providers.length > 0 ? providers : LABORATORY_PROVIDERS)
      .filter((provider) => faultOf(fault).of.includes(kindOf(provider)))
      .map((provider) => ({ provider, fault })),
  )
  const laboratory = await openLaboratory({ callSeconds: CALL_SECONDS, runsAtOnce: RUNS_AT_ONCE })
  try {
    await laboratory.run('compatible', 'honest')
    const before = await laboratory.serverMb()
    const pool = pLimit(RUNS_AT_ONCE)
    const tried = await Promise.all(cases.map(({ provider, fault }) => pool(() => tryOne(laboratory, provider, fault))))
    return { tried, serverMb: { before, after: await laboratory.serverMb() } }
  } finally {
    await laboratory.remove()
  }
}

async function tryOne(laboratory: Laboratory, provider: LaboratoryProvider, fault: FaultId): Promise<Tried> {
  try {
    const observed = await laboratory.run(provider, fault)
    const { ms, workerMb } = observed
    return { provider, fault, ms, workerMb, problems: problemsOf(provider, fault, observed) }
  } catch (error) {
    return { provider, fault, ms: Number.NaN, workerMb: Number.NaN, problems: [String(error)] }
  }
}

function cellOf(tried: Tried | undefined): string {
  if (!tried) return '–'.padStart(12)
  return `${tried.problems.length > 0 ? '✗ ' : ''}${(tried.ms / 1000).toFixed(1)}/${tried.workerMb.toFixed(0)}`.padStart(
    12,
  )
}
