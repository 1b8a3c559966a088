import { expect, it } from 'vitest'
import { formatDuration, formatElapsed, formatRelative, formatRough } from '#lib/domain/format-time.ts'

it('says a duration as precisely as it matters', () => {
  const said = [0, 3_120, 59_600, 65_000, 3_840_000].map(formatDuration)
  expect(said).toEqual(['< 0.1 s', '3.1 s', '1 min 00 s', '1 min 05 s', '1 h 04 min'])
})

it('counts whole seconds of what goes on', () => {
  expect([400, 9_990, 59_999, 65_000].map(formatElapsed)).toEqual(['0 s', '9 s', '59 s', '1 min 05 s'])
})

it('says how long ago, also when the clocks differ a little', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  const said = ['2026-11-22T12:00:05Z', '2026-11-22T11:55:00Z', '2026-11-22T09:00:00Z', '2026-11-21T11:00:00Z']
  expect(said.map((iso) => formatRelative(iso, now))).toEqual(['just now', '5 min ago', '3 h ago', 'yesterday'])
})

it('rounds what nobody can know exactly', () => {
  expect([3_000, 22_000, 54_000, 200_000, 9_000_000].map(formatRough)).toEqual([
    'a few seconds',
    'about 25 s',
    'about 55 s',
    'about 4 min',
    'about 3 h',
  ])
})
