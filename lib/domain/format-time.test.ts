import { expect, it } from 'vitest'
import { formatDuration, formatRelative } from '#lib/domain/format-time.ts'

it('says a duration as precisely as it matters', () => {
  const said = [0, 3_120, 59_600, 65_000, 3_840_000].map(formatDuration)
  expect(said).toEqual(['< 0.1 s', '3.1 s', '1 min 00 s', '1 min 05 s', '1 h 04 min'])
})

it('says how long ago, also when the clocks differ a little', () => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  const said = ['2026-11-22T12:00:05Z', '2026-11-22T11:55:00Z', '2026-11-22T09:00:00Z', '2026-11-21T11:00:00Z']
  expect(said.map((iso) => formatRelative(iso, now))).toEqual(['just now', '5 min ago', '3 h ago', 'yesterday'])
})
