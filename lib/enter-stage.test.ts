import { describe, expect, it } from 'vitest'
import type { Tools } from '#lib/domain/job.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { stageEntrance } from '#lib/enter-stage.ts'
import { DocsfyError } from '#lib/errors.ts'
import { writerFor } from '#lib/writers/registry.ts'

function entrance() {
  const events: RunEvent[] = []
  const abort = new AbortController()
  const tools: Tools = {
    signal: abort.signal,
    progress: (event) => events.push(event),
    writer: writerFor({ provider: 'builtin', model: 'static' }),
  }
  return { ...stageEntrance(tools), events, abort }
}

const broken = () => Promise.reject(new DocsfyError('internal', 'It broke'))

describe('stageEntrance', () => {
  it('announces, times and finishes a stage', async () => {
    const { enter, events, record } = entrance()
    expect(await enter('cloning', async () => 7)).toBe(7)
    expect(events).toMatchObject([
      { kind: 'stage_started', stage: 'cloning' },
      { kind: 'stage_finished', stage: 'cloning', outcome: 'done' },
    ])
    expect(record.stages).toHaveLength(1)
  })

  it('enter fails the run and says why in the event', async () => {
    const { enter, events } = entrance()
    await expect(enter('planning', broken)).rejects.toThrow('It broke')
    expect(events.at(-1)).toMatchObject({ kind: 'stage_finished', outcome: 'failed', message: 'It broke' })
  })

  it('polish keeps the previous value, marks the stage degraded and adds a warning', async () => {
    const { polish, events, record } = entrance()
    expect(await polish('validating', 'kept', broken)).toBe('kept')
    expect(events).toContainEqual(expect.objectContaining({ kind: 'stage_finished', outcome: 'degraded' }))
    expect(record.warnings).toEqual(['validating was left out: It broke'])
  })

  it('abort ends the run even inside polish, and no later stage starts', async () => {
    const { polish, enter, events, abort } = entrance()
    const abortWithin = async () => {
      abort.abort()
      return 'new'
    }
    await expect(polish('validating', 'kept', abortWithin)).rejects.toMatchObject({ code: 'aborted' })
    await expect(enter('rendering', async () => 1)).rejects.toMatchObject({ code: 'aborted' })
    expect(events.filter(({ kind }) => kind === 'stage_started')).toHaveLength(1)
  })
})
