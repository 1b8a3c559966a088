import { run } from '../../heartbeat.ts'
import type { Goal } from '../goal.ts'

/** F7. Ten thousand rounds on a clock moved by hand are a unit test; this is one round in real time. */
export const heartbeat: Goal = {
  title: 'Clients that fall silent, in real time',
  fast: false,
  async measure() {
    const holds = await run()
    const figure = holds ? 'closed in time, the living never' : 'not as it should be'
    return [{ id: 'F7', what: 'silent peers', figure, target: 'closed within 70–82 s', ok: holds }]
  },
}
