import fc from 'fast-check'
import { applyFrame } from '#lib/domain/apply-frame.ts'
import { clientFrameSchema, type DataFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import { INITIAL_LIVE_STATE, type LiveEvent, MAX_RETRY_DELAY_MS, stepLive } from '#lib/domain/live-client.ts'
import { makeRow } from '#lib/testing/make-row.ts'
import type { Property } from './properties.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })
const identity = { name: text, branch: text, provider: text, model: text, owner: text, generation_id: text }
const loose = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 4, arbitrary: arbitrary as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
  )
const frameLike = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      type: fc.constantFrom('sync', 'progress', 'status_change', 'ping', 'pong', '__proto__'),
      seq: loose(fc.integer()),
      projects: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record({
    ...identity,
    type: fc.constant('progress'),
    status: loose(fc.constant('generating')),
    seq: loose(fc.nat()),
    run_id: text,
    page_count: loose(fc.nat()),
  }),
)
const progress = fc.record({
  ...identity,
  type: fc.constant('progress' as const),
  status: fc.constant('generating' as const),
  seq: fc.nat(),
  run_id: text,
})
const event: fc.Arbitrary<LiveEvent> = fc.oneof(
  fc.constantFrom<LiveEvent>(
    ...(['start', 'opened', 'retry_due', 'poll_due', 'silence_due', 'polled', 'poll_failed', 'wake'] as const).map(
      (type) => ({ type }),
    ),
  ),
  fc.integer({ min: 1000, max: 4999 }).map((code) => ({ type: 'closed' as const, code })),
  fc.nat({ max: 50 }).map((seq) => ({
    type: 'frame' as const,
    frame: {
      type: 'sync' as const,
      seq,
      projects: [],
      known_models: {},
      known_branches: {},
      total_cost_usd: null,
    } as unknown as DataFrame,
  })),
  fc.constant<LiveEvent>({ type: 'frame', frame: { type: 'ping' } }),
)

export const frameProperties: Property[] = [
  {
    what: 'a frame from a client is a pong or nothing',
    property: fc.property(frameLike, (value) => {
      const parsed = clientFrameSchema.safeParse(value)
      return !parsed.success || parsed.data.type === 'pong'
    }),
  },
  {
    what: 'what is no frame is never taken for one, and never breaks the reading',
    property: fc.property(frameLike, (value) => {
      const parsed = serverFrameSchema.safeParse(value)
      return !parsed.success || ['sync', 'progress', 'status_change', 'ping'].includes(parsed.data.type)
    }),
  },
  {
    what: 'a frame changes no row but its own',
    property: fc.property(progress, fc.uniqueArray(text, { maxLength: 5 }), (frame, names) => {
      const { owner, branch, provider, model } = frame
      const rows = [frame.name, ...names.filter((name) => name !== frame.name)].map((name) =>
        makeRow({ name, owner, branch, ai_provider: provider, ai_model: model }),
      )
      const applied = applyFrame(rows, frame)
      return !applied.refetch && applied.rows.every((row, n) => n === 0 || row === rows[n]) && !('polluted' in {})
    }),
  },
  {
    what: 'whatever happens, a client waits at most its longest delay and has a next step',
    property: fc.property(
      fc.array(event, { maxLength: 40 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (events, random) => {
        let state = INITIAL_LIVE_STATE
        for (const one of events) {
          const step = stepLive(state, one, random)
          for (const effect of step.effects)
            if (
              effect.type === 'schedule' &&
              effect.timer === 'retry' &&
              !(effect.delayMs >= 0 && effect.delayMs <= MAX_RETRY_DELAY_MS)
            )
              return false
          state = step.state
        }
        return state.failures >= 0
      },
    ),
  },
]
