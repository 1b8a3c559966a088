import { faultOf } from '../../../e2e/laboratory/faults.ts'
import { CALL_SECONDS, tryAll } from '../../laboratory.ts'
import { atLeast, atMost, type Goal, noneOf, type Row } from '../goal.ts'

/** What a run may need beside the one call that runs out of time. */
const SLACK_SECONDS = 12
const MOST_GROWTH_MB = 150

/** F5: whatever a provider does, the run has the right end, in time, and leaves nothing behind. */
export const misbehaviour: Goal = {
  title: 'every misbehaviour of every provider, through a running server',
  fast: false,
  measure,
}

async function measure(): Promise<Row[]> {
  const { tried, serverMb } = await tryAll([])
  const id = 'F5'
  const faults = new Set(tried.map(({ fault }) => fault))
  const wrong = tried.flatMap(({ provider, fault, problems }) =>
    problems.map((one) => `${fault} of ${provider}: ${one}`),
  )
  const seconds = (isSlow: boolean) =>
    Math.max(...tried.filter(({ fault }) => (faultOf(fault).isSlow ?? false) === isSlow).map(({ ms }) => ms / 1000))
  const ofHonest = Math.max(...tried.filter(({ fault }) => fault === 'honest').map(({ workerMb }) => workerMb))
  const most = Math.max(...tried.map(({ workerMb }) => workerMb))
  const limit = { most: CALL_SECONDS + SLACK_SECONDS, unit: 's' }
  return [
    atLeast({ id, what: 'misbehaviours', figure: faults.size - 1, least: 12 }),
    atLeast({ id, what: 'runs', figure: tried.length, least: 200 }),
    noneOf(id, 'runs with another end, a secret, or a process left', wrong),
    atMost({ id, what: `slowest run that only a limit of ${CALL_SECONDS} s ends`, figure: seconds(true), ...limit }),
    atMost({ id, what: 'slowest other run', figure: seconds(false), ...limit }),
    atMost({
      id,
      what: 'memory of a worker above an honest one',
      figure: most - ofHonest,
      most: MOST_GROWTH_MB,
      unit: 'MB',
    }),
    atMost({
      id,
      what: 'growth of the server',
      figure: serverMb.after - serverMb.before,
      most: MOST_GROWTH_MB,
      unit: 'MB',
    }),
  ]
}
