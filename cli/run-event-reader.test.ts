import { expect, it } from 'vitest'
import type { RecordedEvent } from '#lib/domain/run-events.ts'
import { runEventReader } from './run-event-reader.ts'

const AT = '2026-11-22T10:00:00.000Z'

function recorded(seq: number): RecordedEvent {
  return { seq, at: AT, event: { kind: 'warning', message: `${seq}` } }
}

function reading(stored: number[]) {
  const heard: string[] = []
  const asked: number[] = []
  const reader = runEventReader({
    fetchAfter: async (after) => {
      asked.push(after)
      return stored
        .filter((seq) => seq > after)
        .slice(0, 2)
        .map(recorded)
    },
    hear: (event) => heard.push(event.kind === 'warning' ? event.message : event.kind),
  })
  return { reader, heard, asked }
}

it('hands on what arrives in order without asking for anything', () => {
  const { reader, heard, asked } = reading([])
  for (const seq of [1, 2, 2, 3, 1]) reader.take(recorded(seq))
  expect({ heard, asked }).toEqual({ heard: ['1', '2', '3'], asked: [] })
})

it('fetches what is missing, in as many parts as the server gives, and hands everything on once and in order', async () => {
  const { reader, heard } = reading([1, 2, 3, 4, 5])
  reader.take(recorded(4))
  reader.take(recorded(6))
  reader.take(recorded(7))
  await reader.catchUp()
  reader.take(recorded(8))
  expect(heard).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
})

it('goes on with what it has when the server cannot say what is missing', async () => {
  const heard: string[] = []
  const reader = runEventReader({
    fetchAfter: () => Promise.reject(new Error('offline')),
    hear: (event) => heard.push(event.kind === 'warning' ? event.message : event.kind),
  })
  reader.take(recorded(3))
  await reader.catchUp()
  reader.take(recorded(4))
  expect(heard).toEqual(['3', '4'])
})
